import { assert } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import { unpublish } from '../publish/unpublish.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { StoreError } from '../store-error.ts';
import type { Context } from './context.ts';
import type { Follower } from './follower.ts';
import { inOrder } from './in-order.ts';
import { type Goes, removeLost } from './lost-versions.ts';
import { type Obstacle, refused } from './obstacle.ts';
import { pruneSegment } from './prune-segment.ts';
import { segmentsIn } from './rows-of.ts';
import { Turn } from './turn.ts';

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
    for await (const found of inOrder(this.#rows(ranges), AT_ONCE, (row) =>
      pruneSegment(this.#context, row, goes),
    ))
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
}

function checkCover({ by, ranges }: Cover, size: number): void {
  assert(by < size, 'a cover is an entry of the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(first > end && last >= first && last < by, 'ranges are sorted, disjoint and before their cover');
    end = last;
  }
}
