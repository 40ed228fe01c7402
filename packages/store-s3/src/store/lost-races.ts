import { equalBytes } from '@zegel/core';
import type { Remark } from '@zegel/log/port';
import { findIdPart } from '../replica/lookups.ts';
import type { SegmentRow } from '../replica/rows.ts';
import type { Segment } from '../segment/segment.ts';
import type { Context } from './context.ts';
import { segmentKey } from './keys.ts';

/**
 * Whether what a key of the log has signed was meant for the very place of a segment that is older: where creates are not
 * atomic, its writer was second, took the other in and made its entries again behind it.
 */
export function hasLost(segment: Segment, row: SegmentRow): boolean {
  const isSamePlace = segment.first === row.first && equalBytes(segment.prev, row.prev);
  return isSamePlace && !equalBytes(segment.root, row.root);
}

/** Segments that lost a race, counted: there can be very many. */
export class LostRaces {
  readonly #context: Context;
  #count = 0;
  #entries = 0;
  #nowhere = 0;
  #first = Number.POSITIVE_INFINITY;

  constructor(context: Context) {
    this.#context = context;
  }

  add({ first, ids, parts }: Segment): void {
    this.#count++;
    this.#entries += parts.length;
    this.#first = Math.min(first, this.#first);
    for (const [n, part] of parts.entries()) {
      const id = ids.subarray(16 * n, 16 * n + 16);
      const index = this.#context.replica.read((rows) => findIdPart(rows, id, part));
      if (index === undefined) this.#nowhere++;
    }
  }

  /** All of them in a sentence. */
  remark(): readonly Remark[] {
    if (this.#count === 0) return [];
    const first = segmentKey(this.#first);
    const which = this.#count === 1 ? `at ${first}` : `the first at ${first}`;
    const nowhere =
      this.#nowhere === 0
        ? 'all of which the log has'
        : `${this.#nowhere} of which the log has nowhere: they had no receipt`;
    const remark = `segments that lost a race: ${this.#count}, ${which}, with ${this.#entries} entries, ${nowhere}`;
    return [{ code: 'race-lost', remark }];
  }
}
