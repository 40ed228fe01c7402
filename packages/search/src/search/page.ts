import { type EntryIndex, entryIndex } from '@zegel/core';
import { type Bits, countBits, listBits } from '../segment/bits.ts';
import type { SegmentHits } from './session.ts';

/** A page of hits, newest first. */
export interface Page {
  readonly indexes: readonly EntryIndex[];
  /** Whether older hits follow; ask on with `below` = the last index of this page. */
  readonly more: boolean;
  /** Number of all hits, where it was asked for. */
  readonly total?: number;
}

const positions = new Uint16Array(65_536);

/** Takes at most `limit` hits; counts the rest only when `total` is asked for. */
export function takePage(segments: Iterable<SegmentHits>, limit: number, total: boolean): Page {
  const indexes: EntryIndex[] = [];
  let hits = 0;
  for (const { view, bits } of segments) {
    if (indexes.length < limit) takeNewest(bits, view.row.first, limit - indexes.length, indexes);
    hits += countBits(bits);
    if (!total && hits > limit) break;
  }
  return { indexes, more: hits > indexes.length, ...(total ? { total: hits } : {}) };
}

function takeNewest(bits: Bits, first: number, room: number, indexes: EntryIndex[]): void {
  const count = listBits(bits, positions);
  for (let i = count - 1; i >= Math.max(0, count - room); i--)
    indexes.push(entryIndex(first + (positions[i] as number)));
}
