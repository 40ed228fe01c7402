import { assert, equalBytes, HASH_BYTES, leafHash } from '@zegel/core';
import { type EntryMark, readMark } from './entry-mark.ts';
import {
  FLAG_TABLE,
  ID_BYTES,
  MAX_ENTRY,
  MAX_PLAIN_BYTES,
  type SegmentProblem,
  segmentProblem,
} from './segment.ts';

/** Entries with what stands beside them; the part of a segment that is packed. */
export interface Rows {
  readonly entries: readonly (Uint8Array | undefined)[];
  readonly leafHashes: Uint8Array;
  readonly ids: Uint8Array;
  readonly parts: readonly number[];
}

const ROW = ID_BYTES + 2;
const PRUNED = HASH_BYTES + ROW;

/** Most bytes that `count` entries can take. */
export function plainLimit(count: number): number {
  return Math.min(1 + count * (ROW + 2 + MAX_ENTRY), MAX_PLAIN_BYTES);
}

/**
 * `u8 flags ‖ [flags & 1: per entry id 16 ‖ part u16] ‖ per entry u16 length ‖ bytes`, numbers big-endian; length 0 is a
 * pruned body, followed by its leaf hash 32 ‖ id 16 ‖ part u16. The table is there only where bodies do not say
 * their ids themselves: what they say is covered by the root, and the table is not.
 */
export function formatPlain(rows: Rows): Uint8Array {
  const hasTable = needsTable(rows);
  const { entries } = rows;
  let size = 1 + (hasTable ? entries.length * ROW : 0);
  for (const entry of entries) size += 2 + (entry?.length ?? PRUNED);
  assert(size <= plainLimit(entries.length), 'the entries of a segment fit in it');
  const plain = Buffer.allocUnsafe(size);
  plain[0] = hasTable ? FLAG_TABLE : 0;
  let at = 1;
  if (hasTable) for (let n = 0; n < entries.length; n++) at = putRow(plain, at, rows, n);
  for (let n = 0; n < entries.length; n++) at = putEntry(plain, at, rows, n);
  return plain;
}

function needsTable({ entries, ids, parts }: Rows): boolean {
  let isNeeded = false;
  for (const [n, entry] of entries.entries()) {
    if (entry === undefined) continue;
    const mark = readMark(bufferOf(entry));
    if (mark === undefined) isNeeded = true;
    else
      assert(isRow(mark, ids, parts, n), `entry ${n} of the segment is given another id than its bytes have`);
  }
  return isNeeded;
}

function isRow(mark: EntryMark, ids: Uint8Array, parts: readonly number[], n: number): boolean {
  return mark.part === parts[n] && equalBytes(mark.id, ids.subarray(n * ID_BYTES, (n + 1) * ID_BYTES));
}

function putRow(plain: Buffer, at: number, { ids, parts }: Rows, n: number): number {
  plain.set(ids.subarray(n * ID_BYTES, (n + 1) * ID_BYTES), at);
  return plain.writeUInt16BE(parts[n] ?? 0, at + ID_BYTES);
}

function putEntry(plain: Buffer, at: number, rows: Rows, n: number): number {
  const entry = rows.entries[n];
  const start = plain.writeUInt16BE(entry?.length ?? 0, at);
  if (entry !== undefined) {
    assert(entry.length > 0, 'an entry has at least one byte');
    plain.set(entry, start);
    return start + entry.length;
  }
  plain.set(rows.leafHashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES), start);
  return putRow(plain, start + HASH_BYTES, rows, n);
}

/** Reads what {@link formatPlain} writes. Bytes are not trusted: anything else is a problem, never an exception. */
export function parsePlain(plain: Buffer, count: number): Rows | SegmentProblem {
  const flags = plain[0] ?? 0xff;
  if ((flags & ~FLAG_TABLE) !== 0) return segmentProblem('it has flags that are not known');
  const hasTable = flags === FLAG_TABLE;
  const start = 1 + (hasTable ? count * ROW : 0);
  const rows: RowsInMaking = {
    entries: [],
    leafHashes: new Uint8Array(count * HASH_BYTES),
    ids: new Uint8Array(count * ID_BYTES),
    parts: [],
    isTableNeeded: false,
  };
  const table = hasTable && start <= plain.length ? plain.subarray(1, start) : undefined;
  let at = start;
  for (let n = 0; n < count; n++) {
    const next = takeEntry(plain, at, rows, table);
    if (typeof next === 'string') return segmentProblem(`${next}, at entry ${n} of the segment`);
    at = next;
  }
  if (at !== plain.length) return segmentProblem('there is more in it than its entries');
  if (hasTable && !rows.isTableNeeded) return segmentProblem('it has a table of ids that nothing needs');
  const { entries, leafHashes, ids, parts } = rows;
  return { entries, leafHashes, ids, parts };
}

interface RowsInMaking {
  readonly entries: (Uint8Array | undefined)[];
  readonly leafHashes: Uint8Array;
  readonly ids: Uint8Array;
  readonly parts: number[];
  isTableNeeded: boolean;
}

/** Where the next entry begins, or what is wrong. */
function takeEntry(
  plain: Buffer,
  at: number,
  rows: RowsInMaking,
  table: Buffer | undefined,
): number | string {
  const start = at + 2;
  if (start > plain.length) return 'it ends too early';
  const length = plain.readUInt16BE(at);
  const end = start + (length === 0 ? PRUNED : length);
  if (end > plain.length) return 'it ends too early';
  const n = rows.entries.length;
  const given = table === undefined ? undefined : rowAt(table, n * ROW);
  const body = plain.subarray(start, end);
  const own = length === 0 ? rowAt(body, HASH_BYTES) : readMark(body);
  if (own === undefined) rows.isTableNeeded = true;
  const mark = own ?? given;
  if (mark === undefined) return 'it does not say its id';
  if (given !== undefined && !(mark.part === given.part && equalBytes(mark.id, given.id)))
    return 'the table of ids contradicts it';
  // Plain arrays of bytes: slicing a Buffer costs twice as much later.
  rows.entries.push(length === 0 ? undefined : new Uint8Array(body.buffer, body.byteOffset, length));
  rows.leafHashes.set(length === 0 ? body.subarray(0, HASH_BYTES) : leafHash(body), n * HASH_BYTES);
  rows.ids.set(mark.id, n * ID_BYTES);
  rows.parts.push(mark.part);
  return end;
}

function rowAt(bytes: Buffer, at: number): EntryMark {
  return { id: bytes.subarray(at, at + ID_BYTES), part: bytes.readUInt16BE(at + ID_BYTES) };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
