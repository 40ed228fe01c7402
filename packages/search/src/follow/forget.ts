import { CHUNK } from '../segment/chunk-keys.ts';
import { decodeSegment } from '../segment/decode.ts';
import { encodeSegment } from '../segment/encode.ts';
import { mentionsHandle } from '../segment/person-codec.ts';
import { pruneEntries, pruneGroups } from '../segment/prune.ts';
import type { Terms } from '../segment/terms.ts';
import type { SegmentRow, SegmentTable } from '../store/segments.ts';
import type { Doomed } from '../segment/builder.ts';

/** What to take out: handles destroyed, bodies pruned, whole persons. */
export interface Removal extends Doomed {
  /** Person keys, 8 Latin-1 characters each. */
  readonly persons: ReadonlySet<string>;
}

/**
 * Rewrites every segment concerned as if what is removed had never been indexed; exactly what a rebuild would write.
 * To be called in a transaction. Returns how many segments were rewritten.
 */
export function removeFromSegments(table: SegmentTable, terms: Terms, removal: Removal): number {
  const concerned = table.list().filter((row) => isConcerned(table, row, removal));
  for (const row of concerned) {
    const draft = decodeSegment(table.load(row), terms);
    pruneEntries(draft, removal.ranges);
    pruneGroups(
      draft,
      (person, handles) =>
        removal.persons.has(person) || handles.some((handle) => removal.handles.has(handle)),
    );
    table.remove(row.slot);
    table.insert(encodeSegment(draft));
  }
  return concerned.length;
}

function isConcerned(table: SegmentTable, row: SegmentRow, { handles, persons, ranges }: Removal): boolean {
  if (ranges.some(([first, last]) => first < row.first + row.count && last >= row.first)) return true;
  if (handles.size + persons.size === 0) return false;
  const buckets = table.chunks(row.slot, CHUNK.bucket, CHUNK.term);
  return [...buckets.values()].some((bucket) => persons.size > 0 || mentionsHandle(bucket, handles));
}
