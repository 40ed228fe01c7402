import { randomBytes } from 'node:crypto';
import { assert, equalBytes } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import { unpublish } from '../publish/unpublish.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { encodePruned } from '../segment/encode-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { isSame, searched } from './bodies.ts';
import type { Context } from './context.ts';
import type { Follower } from './follower.ts';
import { inOrder } from './in-order.ts';
import { segmentKey } from './keys.ts';
import { lockFrom } from './lock-dates.ts';
import { type Goes, removeLost } from './lost-versions.ts';
import { type Obstacle, refused } from './obstacle.ts';
import { backOff } from './pause.ts';
import { segmentsIn } from './rows-of.ts';
import { obstacleTo, type SignedVersion, signedAmong } from './signed-versions.ts';
import { Turn } from './turn.ts';

const NONCE = 16;
const AT_ONCE = 4;

/** Takes bodies away under a cover. */
export class Pruner {
  readonly #context: Context;
  readonly #follower: Follower;
  readonly #turn = new Turn();

  constructor(context: Context, follower: Follower) {
    this.#context = context;
    this.#follower = follower;
  }

  /**
   * As the port says: out of the segments, out of those that lost a race, and out of what is published.
   *
   * @throws StoreError `STORE_IO` where a lock or a hold is in the way, saying until when; all else that was to go is gone
   */
  prune(cover: Cover): Promise<void> {
    return this.#turn.take(() => this.#prune(cover));
  }

  async #prune({ by, ranges }: Cover): Promise<void> {
    const { bucket, replica, signer } = this.#context;
    if (signer === undefined) throw new StoreError('STORE_READ_ONLY', 'the log was opened for reading');
    if (by >= replica.state().next) await this.#follower.refresh();
    const { next } = replica.state();
    checkCover({ by, ranges }, next);
    const last = ranges.at(-1)?.[1];
    if (last === undefined) return;
    const goes: Goes = (index) => ranges.some(([from, to]) => from <= index && index <= to);
    await unpublish(bucket, ranges, next);
    const obstacles: Obstacle[] = [];
    for await (const found of inOrder(this.#rows(ranges), AT_ONCE, (row) => this.#pruneSegment(row, goes)))
      obstacles.push(...found);
    obstacles.push(...(await removeLost(this.#context, last, goes)));
    const [first, ...more] = obstacles;
    if (first !== undefined) throw refused([first, ...more]);
  }

  *#rows(ranges: Cover['ranges']): Generator<SegmentRow, void> {
    let last = -1;
    for (const [from, to] of ranges) {
      for (const row of segmentsIn(this.#context.replica, from, to + 1)) {
        if (row.first > last) yield row;
        last = Math.max(last, row.first);
      }
    }
  }

  /**
   * Puts the segment without those bodies, then removes the versions that have them. If we crash in between, the old
   * version is still the truth and the next run does all of it again.
   */
  async #pruneSegment(row: SegmentRow, goes: Goes): Promise<readonly Obstacle[]> {
    const body = await searched(this.#context, row);
    if (body.kind === 'damage') throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
    const { segment } = body;
    const obstacles = await this.#obstacles(row, goes);
    if (obstacles.length > 0) return obstacles;
    const isDone = segment.entries.every((entry, n) => entry === undefined || !goes(row.first + n));
    if (!isDone) await this.#put(row, segment, goes);
    await this.#removeOthers(row, goes);
    return [];
  }

  /** A version that must go and can't keeps all of them: a loser left alone with what was put after it would be the truth. */
  async #obstacles(row: SegmentRow, goes: Goes): Promise<readonly Obstacle[]> {
    const obstacles: Obstacle[] = [];
    for (const { version, segment } of await this.#signed(row)) {
      if (!hasBody(segment, row, goes)) continue;
      const obstacle = await obstacleTo(this.#context, version, row.first);
      if (obstacle !== undefined) obstacles.push(obstacle);
    }
    return obstacles;
  }

  /** The new version is locked as what is left in it calls for. */
  async #put({ first }: SegmentRow, segment: Segment, goes: Goes): Promise<void> {
    const { bucket, busyTimeout } = this.#context;
    const left = segment.entries.map((entry, n) => (goes(first + n) ? undefined : entry));
    const lock = lockFrom(this.#context, left);
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

  /**
   * Removes every version that the log's key has signed and that still has such bodies: losers of a race, copies, and the truth
   * before, which goes last, because until then it is what counts.
   */
  async #removeOthers(row: SegmentRow, goes: Goes): Promise<void> {
    const { bucket, cache } = this.#context;
    const key = segmentKey(row.first);
    const signed = await this.#signed(row);
    const old = signed.filter(({ segment }) => hasBody(segment, row, goes));
    if (old.length === 0) return;
    if (!signed.some(({ segment }) => isSame(row, segment) && !hasBody(segment, row, goes)))
      throw new StoreError('STORE_IO', `${key} was put without bodies and is not listed`, {
        index: row.first,
      });
    const isTruthBefore = ({ segment }: SignedVersion): boolean => isSame(row, segment);
    const inTurn = [...old.filter((one) => !isTruthBefore(one)), ...old.filter(isTruthBefore)];
    for (const { version } of inTurn) {
      await bucket.remove(key, version.versionId);
      cache.drop(version.versionId);
    }
    await searched(this.#context, row);
  }

  /** Newest first, as listed. */
  async #signed({ first }: SegmentRow): Promise<readonly SignedVersion[]> {
    const key = segmentKey(first);
    const versions = await this.#context.bucket.versions(key);
    return signedAmong(
      this.#context,
      versions.filter((each) => each.key === key),
    );
  }
}

/** Whether a version has a body that is to go. One of another commit that lost its race goes whole: its entries stand elsewhere, or nowhere. */
function hasBody(segment: Segment, row: SegmentRow, goes: Goes): boolean {
  if (!equalBytes(segment.root, row.root)) return true;
  return segment.entries.some((entry, n) => entry !== undefined && goes(segment.first + n));
}

function checkCover({ by, ranges }: Cover, size: number): void {
  assert(by < size, 'a cover is an entry of the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(first > end && last >= first && last < by, 'ranges are sorted, disjoint and before their cover');
    end = last;
  }
}
