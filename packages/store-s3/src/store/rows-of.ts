import { segmentsOf } from '../replica/lookups.ts';
import type { Replica } from '../replica/replica.ts';
import type { SegmentRow } from '../replica/rows.ts';

const PAGE = 256;

/** The segment that begins at `first` and those after it, `count` at most. */
export function segmentsFrom(replica: Replica, first: number, count: number): readonly SegmentRow[] {
  return replica.read((rows) => segmentsOf(rows, first, Number.MAX_SAFE_INTEGER, count));
}

/** Segments that hold entries of a range, in order, asked for page by page. */
export function* segmentsIn(replica: Replica, from: number, to: number): Generator<SegmentRow, void> {
  let at = from;
  while (at < to) {
    const page = replica.read((rows) => segmentsOf(rows, at, to, PAGE));
    const last = page.at(-1);
    // What is asked for may lie beyond the last segment.
    for (const row of page) if (row.first + row.count > at) yield row;
    if (last === undefined || page.length < PAGE) return;
    at = last.first + last.count;
  }
}
