import { SEGMENT_ENTRIES } from '../segment/bits.ts';
import type { SegmentRow } from '../store/segments.ts';

/** Segments of a tier are merged when they hold as much as one of the next tier. */
const FAN = 8;

/**
 * Which trailing segments to merge with `count` new entries that begin at `first`: all of the open block when it fills,
 * else so many that sizes fall by about eightfold from one to the next. An entry is so rewritten about five times
 * before its block closes, and a block under construction has a few dozen segments at most.
 */
export function segmentsToMerge(
  rows: readonly SegmentRow[],
  first: number,
  count: number,
): readonly SegmentRow[] {
  const block = Math.floor(first / SEGMENT_ENTRIES) * SEGMENT_ENTRIES;
  const open = rows.filter((row) => row.first >= block);
  if (first + count === block + SEGMENT_ENTRIES) return open;
  let merged: readonly SegmentRow[] = [];
  for (let tier = FAN; tier <= SEGMENT_ENTRIES; tier *= FAN) {
    const suffix = trailing(open, tier);
    const total = suffix.reduce((sum, row) => sum + row.count, count);
    if (total >= tier) merged = suffix;
  }
  return merged;
}

/** The trailing segments that each hold fewer than `tier` entries. */
function trailing(rows: readonly SegmentRow[], tier: number): readonly SegmentRow[] {
  const last = rows.findLastIndex((row) => row.count >= tier);
  return rows.slice(last + 1);
}
