import type { TreeSize } from '@zegel/core';
import type { StoredHead } from '@zegel/log/port';
import type { ObjectVersion } from '../bucket/object-version.ts';
import type { Rows } from './replica.ts';
import type { HeadRow, IdRow, Retention, SeenHead, SegmentRow } from './rows.ts';
import * as sql from './schema.ts';

const NUMBER = 16;

interface FoundId {
  readonly id: Uint8Array;
  readonly part: number;
  readonly idx: number;
}

/** Index of the first entry with an id: of part 0, or 1 where it is split. */
export function findId(rows: Rows, id: Uint8Array): number | undefined {
  return (rows.get(sql.FIND_ID, id) as { readonly idx: number } | undefined)?.idx;
}

/** Index of the entry with an id and a part number, 0 where it is not split. */
export function findIdPart(rows: Rows, id: Uint8Array, part: number): number | undefined {
  return (rows.get(sql.FIND_ID_PART, id, part) as { readonly idx: number } | undefined)?.idx;
}

/** An entry that has one of these ids and parts already. */
export function takenId(rows: Rows, ids: Uint8Array, parts: readonly number[]): number | undefined {
  return (rows.get(sql.TAKEN_ID, JSON.stringify(parts), ids) as { readonly idx: number } | undefined)?.idx;
}

/** Rows of the id table after one, by id and part. */
export function idRowsAfter(rows: Rows, last: IdRow | undefined, limit: number): readonly IdRow[] {
  const found =
    last === undefined
      ? (rows.all(sql.FIRST_IDS, limit) as FoundId[])
      : (rows.all(sql.IDS_AFTER, last.id, last.part, limit) as FoundId[]);
  return found.map(({ id, part, idx }) => ({ id, part, index: idx }));
}

/** The segment that entry `index` is in, or the last one before it. */
export function segmentAt(rows: Rows, index: number): SegmentRow | undefined {
  return rows.get(sql.SEGMENT_AT, index) as SegmentRow | undefined;
}

/** Segments that hold entries of a range, at most `limit`. */
export function segmentsOf(rows: Rows, from: number, to: number, limit: number): readonly SegmentRow[] {
  const start = segmentAt(rows, from)?.first ?? 0;
  return rows.all(sql.SEGMENTS_FROM, start, to, limit) as SegmentRow[];
}

/** A pruned version takes the place of the one before. */
export function replaceVersion(
  rows: Rows,
  first: number,
  { versionId, size }: Pick<ObjectVersion, 'versionId' | 'size'>,
): void {
  rows.run(sql.REPLACE_VERSION, versionId, size, first);
}

/** Keeps a checkpoint that was verified. */
export function keepHead(rows: Rows, { size, root, signatures }: HeadRow): void {
  rows.run(sql.ADD_HEAD, size, root, signatures);
}

/** The checkpoint of a size, where it is known. */
export function headAt(rows: Rows, size: number): StoredHead | undefined {
  return withControl(rows, rows.get(sql.HEAD, size) as HeadRow | undefined);
}

/** The newest checkpoint that is known. */
export function newestHead(rows: Rows): StoredHead | undefined {
  return withControl(rows, rows.get(sql.NEWEST_HEAD) as HeadRow | undefined);
}

/** Checkpoints of a log of this name that were known before the replica was emptied. */
export function seenHeads(rows: Rows, origin: string): readonly SeenHead[] {
  return (rows.all(sql.SEEN, origin) as HeadRow[]).map((row) => ({ ...row, origin }));
}

/** Newest entry below `size` that is not an access, to the segment's grain. */
export function controlAt(rows: Rows, size: number): number {
  const last = segmentAt(rows, size - 1);
  if (last === undefined) return 0;
  if (last.control < size) return last.control;
  return segmentAt(rows, last.first - 1)?.control ?? 0;
}

/** What `retention` entries from `index` on name, at most `limit` entries. */
export function retentionsFrom(rows: Rows, index: number, limit: number): readonly Retention[] {
  interface Row {
    readonly idx: number;
    readonly numbers: Uint8Array;
  }
  return (rows.all(sql.RETENTIONS_FROM, index, limit) as Row[]).map(({ idx, numbers }) => ({
    index: idx,
    numbers: Array.from({ length: numbers.length / NUMBER }, (_, n) =>
      numbers.subarray(NUMBER * n, NUMBER * (n + 1)),
    ),
  }));
}

function withControl(rows: Rows, row: HeadRow | undefined): StoredHead | undefined {
  if (row === undefined) return undefined;
  // Plain arrays of bytes, as everywhere in the port.
  const [root, signatures] = [new Uint8Array(row.root), new Uint8Array(row.signatures)];
  return { size: row.size as TreeSize, root, signatures, control: controlAt(rows, row.size) };
}
