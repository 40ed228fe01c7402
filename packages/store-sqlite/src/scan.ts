import type { StoredEntry } from '@zegel/log/port';
import { bytesOf, type ChunkRow, entriesOf } from './chunk-row.ts';
import type { Connection } from './connection.ts';
import { chunkRows, chunkStart } from './queries.ts';
import * as sql from './sql.ts';
import { StoreError } from './store-error.ts';

/** Does work on the connection, waiting for locks. */
export type Use = <T>(work: (connection: Connection) => T) => Promise<T>;

// Unpacked bytes that one step aims at: large enough to hide what a query and an await cost, and still in the
// processor's cache when the next stage hashes it.
const STEP_BYTES = 512 * 1024;
const FIRST_ROWS = 8;
const MOST_ROWS = 1024;
const HASH_ROWS = 256;

/**
 * Entries of a range, a step of rows at a time. Each step is a transaction of its own, so that a slow reader
 * holds up neither writers nor the checkpointing of the WAL; as nothing but bodies ever changes, the steps fit.
 */
export async function* scan(
  use: Use,
  from: number,
  to: number,
): AsyncGenerator<readonly StoredEntry[], void> {
  if (!(from < to)) return;
  let limit = FIRST_ROWS;
  let at = await use((connection) => chunkStart(connection, from));
  for (;;) {
    const rows = await failingAt(
      Math.max(at, from),
      use((connection) => chunkRows(connection, at, to, limit)),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const entries = rows.flatMap((row) => entriesOf(row, from, to));
    if (entries.length > 0) yield entries;
    if (rows.length < limit) return;
    at = last.first + 1;
    limit = nextLimit(rows);
  }
}

function nextLimit(rows: readonly ChunkRow[]): number {
  let bytes = 1;
  for (const { size } of rows) bytes += typeof size === 'number' ? size : 0;
  return Math.min(MOST_ROWS, Math.max(1, Math.floor((rows.length * STEP_BYTES) / bytes)));
}

/** Leaf hashes of a range, clipped at the last entry. @throws StoreError `STORE_CORRUPT` where one is missing */
export async function scanHashes(use: Use, from: number, to: number): Promise<Uint8Array> {
  if (!(from < to)) return new Uint8Array(0);
  const slices: Uint8Array[] = [];
  let next = from;
  let at = await use((connection) => chunkStart(connection, from));
  for (;;) {
    const rows = await failingAt(
      next,
      use((connection) => hashRows(connection, at, to)),
    );
    const last = rows.at(-1);
    if (last === undefined) return Buffer.concat(slices);
    for (const row of rows) {
      const slice = hashesFrom(row, next, to);
      slices.push(slice);
      next += slice.length / 32;
    }
    at = last.first + 1;
  }
}

interface HashRow {
  readonly first: number;
  readonly hashes: unknown;
}

function hashRows(connection: Connection, from: number, to: number): HashRow[] {
  return connection.statement(sql.CHUNK_HASHES).all(from, to, HASH_ROWS) as HashRow[];
}

function hashesFrom({ first, hashes }: HashRow, next: number, to: number): Uint8Array {
  const all = bytesOf(hashes);
  const end = first + all.length / 32;
  // The row before the range may end below it: then nothing of the range is there at all.
  if (first > next || all.length % 32 !== 0 || end <= first) {
    throw new StoreError('STORE_CORRUPT', `the leaf hash of entry ${next} is missing`, { index: next });
  }
  return all.subarray(32 * Math.min(next - first, end - first), 32 * (Math.min(end, to) - first));
}

async function failingAt<T>(index: number, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof StoreError) || cause.code !== 'STORE_CORRUPT' || cause.index !== undefined)
      throw cause;
    throw new StoreError('STORE_CORRUPT', `${cause.message}, at entry ${index} or after`, { cause, index });
  }
}
