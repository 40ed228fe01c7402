import type { EntryIndex } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { type Unpacked, unpackBody } from './chunk-body.ts';
import { CHUNK_ENTRIES } from './sql.ts';

/** A row of `chunk` as SQLite gives it. Who edits the file can make every column anything. */
export interface ChunkRow {
  readonly first: number;
  readonly count: unknown;
  readonly size: unknown;
  readonly crc: unknown;
  readonly hashes: unknown;
  readonly body: unknown;
}

const HASH = 32;

/** A blob as plain bytes; empty when the column holds something else. */
export function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) return new Uint8Array(0);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** The entries of a row with `from <= index < to`, in order; damage is told, never thrown. */
export function entriesOf(row: ChunkRow, from: number, to: number): StoredEntry[] {
  const hashes = bytesOf(row.hashes);
  const count = soundCount(row.count, hashes);
  if (count === undefined) return damagedRow(row, hashes, from, to);
  const unpacked = bodyOf(row, count);
  const entries: StoredEntry[] = [];
  const end = Math.min(count, to - row.first);
  for (let n = Math.max(0, from - row.first); n < end; n++) {
    // The row key is an integer from 0 by its kind, checked once for all by the caller's range.
    const index = (row.first + n) as EntryIndex;
    const leafHash = hashes.subarray(HASH * n, HASH * n + HASH);
    const bytes = unpacked.entries[n];
    const damage = damageAt(unpacked, n);
    entries.push(damage === undefined ? { index, leafHash, bytes } : { index, leafHash, bytes, damage });
  }
  return entries;
}

function bodyOf(row: ChunkRow, count: number): Unpacked {
  if (typeof row.size !== 'number' || typeof row.crc !== 'number' || !(row.body instanceof Uint8Array)) {
    return { entries: [], damage: 'a column of the row has another type' };
  }
  return unpackBody({ size: row.size, crc: row.crc, body: row.body }, count);
}

// Where the entries could be read all the same, the first speaks for the row: the tree names the others.
function damageAt({ entries, damage }: Unpacked, n: number): string | undefined {
  return n === 0 || entries.length === 0 ? damage : undefined;
}

function soundCount(count: unknown, hashes: Uint8Array): number | undefined {
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > CHUNK_ENTRIES)
    return undefined;
  return hashes.length === HASH * count ? count : undefined;
}

/** A row whose count and hashes do not agree: an entry for each hash there is, at least one. */
function damagedRow(row: ChunkRow, hashes: Uint8Array, from: number, to: number): StoredEntry[] {
  const count = Math.min(Math.max(1, Math.floor(hashes.length / HASH)), CHUNK_ENTRIES);
  const entries: StoredEntry[] = [];
  for (let n = Math.max(0, from - row.first); n < Math.min(count, to - row.first); n++) {
    const leafHash = new Uint8Array(HASH);
    leafHash.set(hashes.subarray(HASH * n, HASH * n + HASH));
    const damage = 'the number of entries and their hashes do not agree';
    entries.push({ index: (row.first + n) as EntryIndex, leafHash, bytes: undefined, damage });
  }
  return entries;
}
