import { randomBytes } from 'node:crypto';
import type { ObjectVersion } from '../bucket/object-version.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { encodePruned } from '../segment/encode-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { type Body, isSame, searched } from './bodies.ts';
import type { Context } from './context.ts';
import { segmentKey } from './keys.ts';
import { lockFrom } from './lock-dates.ts';
import type { Goes } from './lost-versions.ts';
import type { Obstacle } from './obstacle.ts';
import { backOff } from './pause.ts';
import { obstacleTo, type SignedVersion, signedAmong } from './signed-versions.ts';

const NONCE = 16;
// Another process may prune the same segment of other bodies, and each takes the other's version for one that must go.
const ROUNDS = 12;

/** What is to become of a segment. */
interface Plan {
  readonly row: SegmentRow;
  readonly goes: Goes;
  readonly body: Extract<Body, { kind: 'segment' }>;
}

/**
 * Puts a segment without the bodies that go, locked as what is left calls for, then removes every other version of its key that
 * the log's key has signed; the truth before last, because until then it is what counts. If we crash in between, it still is,
 * and the next run does the rest. What must go and can't keeps all of them: a loser of a race that were left alone with what
 * was put after it would be the truth, and so would a copy that somebody took more bodies from.
 *
 * @returns what a lock or a hold keeps
 */
export async function pruneSegment(
  context: Context,
  row: SegmentRow,
  goes: Goes,
): Promise<readonly Obstacle[]> {
  let known: Segment | undefined;
  /** Bodies that versions which we removed had no more: should another process have made them, they are to go as well. */
  const lacking = new Set<number>();
  for (let round = 1; ; round++) {
    if (round > 1) await backOff(round);
    const body = await searched(context, row);
    if (body.kind === 'damage') {
      if (known === undefined) throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
      // Each of two has removed the other's: it is put back.
      await put(context, row, known, (index) => goes(index) || lacking.has(index));
      continue;
    }
    known = body.segment;
    const plan = { row, goes, body };
    const before = await signedAt(context, row);
    const gone = before.filter((one) => mustGo(plan, one));
    if (gone.length === 0 && !hasBody(known, goes)) {
      await removeRepeats(context, plan, before);
      return [];
    }
    const obstacles = await obstaclesTo(context, row, gone);
    if (obstacles.length > 0) return obstacles;
    if (round > ROUNDS)
      throw new StoreError('STORE_IO', `${segmentKey(row.first)} changes while it is pruned`, {
        index: row.first,
      });
    if (!before.some(({ segment }) => isWanted(plan, segment))) await put(context, row, known, goes);
    for (const index of await removeOthers(context, plan)) lacking.add(index);
  }
}

function hasBody({ first, entries }: Segment, goes: Goes): boolean {
  return entries.some((entry, n) => entry !== undefined && goes(first + n));
}

/** Whether a version is what pruning makes of the truth: bodies can be left out of a segment by anybody, and its signature stays. */
function isWanted({ row, goes, body }: Plan, segment: Segment): boolean {
  if (!isSame(row, segment)) return false;
  return body.segment.entries.every((entry, n) => {
    const stays = entry !== undefined && !goes(row.first + n);
    return (segment.entries[n] !== undefined) === stays;
  });
}

/** Where the truth has nothing to lose, what is beside it may stay unless it has such bodies, or is of another commit: those stand elsewhere, or nowhere. */
function mustGo(plan: Plan, { segment }: SignedVersion): boolean {
  if (hasBody(plan.body.segment, plan.goes)) return !isWanted(plan, segment);
  return !isSame(plan.row, segment) || hasBody(segment, plan.goes);
}

async function obstaclesTo(
  context: Context,
  { first }: SegmentRow,
  versions: readonly SignedVersion[],
): Promise<readonly Obstacle[]> {
  const obstacles: Obstacle[] = [];
  for (const { version } of versions) {
    const obstacle = await obstacleTo(context, version, first);
    if (obstacle !== undefined) obstacles.push(obstacle);
  }
  return obstacles;
}

async function put(context: Context, { first }: SegmentRow, segment: Segment, goes: Goes): Promise<void> {
  const { bucket, busyTimeout } = context;
  const left = segment.entries.map((entry, n) => (goes(first + n) ? undefined : entry));
  const lock = lockFrom(context, left);
  const bytes = encodePruned(segment, goes, randomBytes(NONCE));
  const deadline = performance.now() + busyTimeout;
  for (let tries = 0; ; tries++) {
    const outcome = await bucket.put(segmentKey(first), bytes, lock);
    if (outcome.kind === 'made') return;
    if (performance.now() >= deadline)
      throw new StoreError('STORE_IO', `${segmentKey(first)} could not be pruned`, {
        index: first,
        ...(outcome.kind === 'unknown' ? { cause: outcome.cause } : {}),
      });
    await backOff(tries);
  }
}

/** Returns the bodies that what was removed had not, and the truth had. */
async function removeOthers(context: Context, plan: Plan): Promise<readonly number[]> {
  const { row, body } = plan;
  const signed = await signedAt(context, row);
  const kept = signed.findLast(({ segment }) => isWanted(plan, segment));
  // Not listed yet: the next round looks again.
  if (kept === undefined) return [];
  const gone = signed.filter((one) => mustGo(plan, one));
  const truth = gone.find(({ version }) => version.versionId === body.version);
  const others = gone.filter((one) => one !== truth);
  for (const { version } of others) await remove(context, version);
  // What is to be the truth must still be there.
  if (truth !== undefined && (await isListed(context, kept))) await remove(context, truth.version);
  return others
    .filter(({ segment }) => isSame(row, segment))
    .flatMap(({ segment }) => lackingIn(segment, body.segment));
}

/** What was put twice, where an answer was lost or two processes were at it: one is enough, unless its lock keeps the other. */
async function removeRepeats(context: Context, plan: Plan, signed: readonly SignedVersion[]): Promise<void> {
  for (const { version, segment } of signed) {
    if (version.versionId === plan.body.version || !isWanted(plan, segment)) continue;
    if ((await obstacleTo(context, version, plan.row.first)) === undefined) await remove(context, version);
  }
}

async function remove({ bucket, cache }: Context, { key, versionId }: ObjectVersion): Promise<void> {
  await bucket.remove(key, versionId);
  cache.drop(versionId);
}

async function isListed({ bucket }: Context, { version }: SignedVersion): Promise<boolean> {
  return (await bucket.versions(version.key)).some(({ versionId }) => versionId === version.versionId);
}

function lackingIn({ first, entries }: Segment, truth: Segment): readonly number[] {
  return entries.flatMap((entry, n) =>
    entry === undefined && truth.entries[n] !== undefined ? [first + n] : [],
  );
}

/** Newest first, as listed. */
async function signedAt(context: Context, { first }: SegmentRow): Promise<readonly SignedVersion[]> {
  const key = segmentKey(first);
  const versions = await context.bucket.versions(key);
  return signedAmong(
    context,
    versions.filter((each) => each.key === key),
  );
}
