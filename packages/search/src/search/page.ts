import { type EntryIndex, entryIndex } from '@zegel/core';
import { type Bits, countBits, listBits } from '../segment/bits.ts';
import type { SegmentHits } from './session.ts';

/** A page of hits, newest first. */
export interface Page {
  readonly indexes: readonly EntryIndex[];
  /** Whether hits follow on the far side: older ones, or newer ones where the page was asked for with `above`. */
  readonly more: boolean;
  /** Number of all hits, where it was asked for. */
  readonly total?: number;
}

const positions = new Uint16Array(65_536);

/**
 * Takes the first `limit` hits of segments that come newest first, or oldest first with `rising`; counts the rest only when
 * `total` is asked for.
 */
export function takePage(
  segments: Iterable<SegmentHits>,
  { limit, total, rising }: { limit: number; total: boolean; rising: boolean },
): Page {
  const indexes: EntryIndex[] = [];
  const take = rising ? takeOldest : takeNewest;
  let hits = 0;
  for (const { view, bits } of segments) {
    if (indexes.length < limit) take(bits, view.row.first, limit - indexes.length, indexes);
    hits += countBits(bits);
    if (!total && hits > limit) break;
  }
  if (rising) indexes.reverse();
  return { indexes, more: hits > indexes.length, ...(total ? { total: hits } : {}) };
}

function takeNewest(bits: Bits, first: number, room: number, indexes: EntryIndex[]): void {
  const count = listBits(bits, positions);
  for (let i = count - 1; i >= Math.max(0, count - room); i--)
    indexes.push(entryIndex(first + (positions[i] as number)));
}

function takeOldest(bits: Bits, first: number, room: number, indexes: EntryIndex[]): void {
  const count = listBits(bits, positions);
  for (let i = 0; i < Math.min(count, room); i++) indexes.push(entryIndex(first + (positions[i] as number)));
}
