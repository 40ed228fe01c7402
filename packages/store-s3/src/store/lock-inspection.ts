import type { Lock } from '../bucket/object-version.ts';
import { lockEnd, type Terms } from '../lock.ts';
import { segmentAt } from '../replica/lookups.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { bodyOf } from './bodies.ts';
import type { Context } from './context.ts';
import { segmentKey } from './keys.ts';
import type { KeyVersions } from './listing.ts';

/** Locks are reckoned by the clock of whoever puts: so much of it is no shortening. */
const HOUR_MS = 3_600_000;

/**
 * Whether a segment is locked as it is to be at least: by what its entries say of their time. One that was copied or pruned
 * since is locked for longer, which nobody but the bucket's clock could tell.
 *
 * @param terms shortest ones that ever were in the register: a lock that one of them shortened is whole
 */
export async function segmentLockProblems(
  context: Context,
  row: SegmentRow,
  terms: Terms,
): Promise<readonly string[]> {
  const { bucket, place } = context;
  const most = mostFrom(context, row.recorded);
  if (most === undefined) return [];
  const key = segmentKey(row.first);
  const lock = (await bucket.lockOf(key, row.version))?.lock;
  const problems = shortOf(key, lock, most, place.lock.mode);
  if (problems.length === 0) return problems;
  // A term inside may have called for less: only then is the body needed.
  const body = await bodyOf(context, row);
  if (body.kind === 'damage') return [];
  const least = lockEnd(body.segment.entries, place.lock, terms, row.recorded);
  return least - HOUR_MS <= Date.now() ? [] : shortOf(key, lock, least, place.lock.mode);
}

/** Whether a checkpoint is locked at least until as many days after the last entry below it as the place says. */
export async function checkpointLockProblems(
  context: Context,
  { key, versions }: KeyVersions,
  size: number,
): Promise<readonly string[]> {
  const { bucket, place, replica } = context;
  const row = replica.read((rows) => segmentAt(rows, size - 1));
  const most = row === undefined ? undefined : mostFrom(context, row.recorded);
  if (most === undefined) return [];
  let problems: readonly string[] = [];
  for (const { versionId, isDeleteMarker } of versions) {
    if (isDeleteMarker) continue;
    problems = shortOf(key, (await bucket.lockOf(key, versionId))?.lock, most, place.lock.mode);
    if (problems.length === 0) break;
  }
  return problems;
}

/** Until when the rule of the place wants what was put at a time, ms; undefined where it wants nothing any more, or the time is false. */
function mostFrom({ place }: Context, recorded: number): number | undefined {
  const now = Date.now();
  if (place.lock.mode === 'none' || recorded === 0 || recorded > now + HOUR_MS) return undefined;
  const most = lockEnd([], place.lock, {}, recorded);
  return most - HOUR_MS > now ? most : undefined;
}

function shortOf(
  key: string,
  lock: Lock | undefined,
  least: number,
  mode: Lock['mode'] | 'none',
): readonly string[] {
  if (lock === undefined) return [`${key} is not locked`];
  const { until } = lock;
  const isShort = until.getTime() < least - HOUR_MS;
  const short = isShort ? [`${key} is locked until ${until.toISOString()} only`] : [];
  const isWeak = mode === 'compliance' && lock.mode === 'governance';
  return isWeak ? [...short, `${key} is locked in governance mode only`] : short;
}
