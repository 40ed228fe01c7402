import { randomBytes } from 'node:crypto';
import type { SegmentRow } from '../replica/rows.ts';
import { encodePruned } from '../segment/encode-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { isSame, searched } from './bodies.ts';
import type { Context } from './context.ts';
import { segmentKey } from './keys.ts';
import { lockFrom } from './lock-dates.ts';
import type { Goes } from './lost-versions.ts';
import type { Obstacle } from './obstacle.ts';
import { backOff } from './pause.ts';
import { obstacleTo, type SignedVersion, signedAmong } from './signed-versions.ts';

const NONCE = 16;
/** Times that another pruner of the same segment is given way. */
const YIELDS = 8;
const ROUNDS = 16;

/** The version that is to be the oldest. */
interface Own {
  readonly version: string;
  readonly segment: Segment;
  /** Whether this run has put it. */
  readonly isNew: boolean;
}

/** What one round of pruning came to. */
type Round = 'done' | 'again' | readonly Obstacle[];

/**
 * Puts a segment without the bodies that go, locked as what is left calls for, then removes the versions of its key before it that
 * the log's key has signed, and losers of a race wherever they are; the truth last, because until then it is what counts. If we
 * crash in between, it still is, and the next run does the rest. What must go and can't keeps all of them: a loser that were
 * left alone with what was put after it would be the truth, and so would a copy that somebody took more bodies from.
 *
 * @returns what a lock or a hold keeps
 */
export async function pruneSegment(
  context: Context,
  row: SegmentRow,
  goes: Goes,
): Promise<readonly Obstacle[]> {
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await backOff(round + 2);
    const outcome = await pruneOnce(context, row, goes, round < YIELDS);
    if (outcome === 'again') continue;
    await searched(context, row);
    return outcome === 'done' ? [] : outcome;
  }
  throw new StoreError('STORE_IO', `${segmentKey(row.first)} changes while it is pruned`, {
    index: row.first,
  });
}

async function pruneOnce(context: Context, row: SegmentRow, goes: Goes, givesWay: boolean): Promise<Round> {
  const body = await searched(context, row);
  if (body.kind === 'damage') throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
  const { segment: truth, version } = body;
  if (!hasBody(truth, goes))
    return clear(context, row, { segment: truth, version, isNew: false }, goes, givesWay);
  const segment = without(truth, goes);
  const signed = await signedAt(context, row);
  // What a crash has left is taken for our own: under its lock it could not go.
  const left = signed.findLast((one) => isSame(row, one.segment) && isEqual(one.segment, segment));
  const before = left === undefined ? signed : signed.slice(signed.indexOf(left) + 1);
  if (givesWay && before.some((one) => isRival(row, one, segment))) return 'again';
  const obstacles = await obstaclesTo(context, row, before);
  if (obstacles.length > 0) return obstacles;
  const own =
    left === undefined
      ? await put(context, truth, goes)
      : { version: left.version.versionId, segment, isNew: false };
  return clear(context, row, own, goes, givesWay);
}

/**
 * Removes what is older than our own: without the truth the oldest that is left takes its place, and anybody can make one that
 * lacks bodies and has the same note. None of the segment's own that is younger, but for repetitions: of several who prune at
 * once, the last leaves his.
 *
 * @param givesWay whether another pruner's version, which is about to become the truth, is left, and ours taken back
 */
async function clear(
  context: Context,
  row: SegmentRow,
  own: Own,
  goes: Goes,
  givesWay: boolean,
): Promise<Round> {
  const signed = await signedAt(context, row);
  const at = signed.findIndex(({ version }) => version.versionId === own.version);
  // Somebody pruned later than we did.
  if (at < 0) return 'again';
  const [younger, mine, older] = [signed.slice(0, at), signed[at], signed.slice(at + 1)];
  if (givesWay && own.isNew && mine !== undefined && older.some((one) => isRival(row, one, own.segment))) {
    const obstacle = await obstacleTo(context, mine.version, row.first);
    if (obstacle !== undefined) return [obstacle];
    await remove(context, mine);
    return 'again';
  }
  const late = younger.filter(({ segment }) => isSame(row, segment) && hasBody(segment, goes));
  const lost = younger.filter(({ segment }) => !isSame(row, segment));
  const obstacles = await obstaclesTo(context, row, [...late, ...lost, ...older]);
  if (obstacles.length > 0) return obstacles;
  // What a pruner left who broke off goes once it is older than ours.
  if (late.length > 0) return clear(context, row, await put(context, own.segment, goes), goes, givesWay);
  // Oldest last: that is the truth, as long as there is one before ours.
  for (const one of [...lost, ...older]) await remove(context, one);
  for (const one of younger)
    if (isSame(row, one.segment) && isEqual(one.segment, own.segment)) await removeFree(context, row, one);
  return 'done';
}

/** A version that is no loser of a race and lacks a body that ours has: another pruner's, or put by somebody who wants bodies to go. */
function isRival(row: SegmentRow, { segment }: SignedVersion, own: Segment): boolean {
  if (!isSame(row, segment)) return false;
  return segment.entries.some((entry, n) => entry === undefined && own.entries[n] !== undefined);
}

function hasBody({ first, entries }: Segment, goes: Goes): boolean {
  return entries.some((entry, n) => entry !== undefined && goes(first + n));
}

function isEqual(one: Segment, other: Segment): boolean {
  return one.entries.every((entry, n) => (entry === undefined) === (other.entries[n] === undefined));
}

function without(segment: Segment, goes: Goes): Segment {
  const entries = segment.entries.map((entry, n) => (goes(segment.first + n) ? undefined : entry));
  return { ...segment, entries };
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

async function put(context: Context, whole: Segment, goes: Goes): Promise<Own> {
  const { bucket, busyTimeout } = context;
  const { first } = whole;
  const segment = without(whole, goes);
  const lock = lockFrom(context, segment.entries);
  const bytes = encodePruned(whole, goes, randomBytes(NONCE));
  const deadline = performance.now() + busyTimeout;
  for (let tries = 0; ; tries++) {
    const outcome = await bucket.put(segmentKey(first), bytes, lock);
    if (outcome.kind === 'made' && outcome.versionId !== undefined)
      return { version: outcome.versionId, segment, isNew: true };
    if (performance.now() >= deadline)
      throw new StoreError('STORE_IO', `${segmentKey(first)} could not be pruned`, {
        index: first,
        ...(outcome.kind === 'unknown' ? { cause: outcome.cause } : {}),
      });
    await backOff(tries);
  }
}

/** What was put twice, where an answer was lost or two processes were at it: one is enough, unless its lock keeps the other. */
async function removeFree(context: Context, { first }: SegmentRow, one: SignedVersion): Promise<void> {
  if ((await obstacleTo(context, one.version, first)) === undefined) await remove(context, one);
}

async function remove({ bucket, cache }: Context, { version }: SignedVersion): Promise<void> {
  await bucket.remove(version.key, version.versionId);
  cache.drop(version.versionId);
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
