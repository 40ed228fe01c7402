import { treeSize } from '@zegel/core';
import type { StoredEntry, StoredHead, Subtree } from '@zegel/log/port';
import { bytesOf, type ChunkRow, entriesOf } from './chunk-row.ts';
import type { Connection } from './connection.ts';
import * as sql from './sql.ts';
import { StoreError } from './store-error.ts';

interface HeadRow {
  readonly size: number;
  readonly control: number;
  readonly root: unknown;
  readonly signatures: unknown;
}

/** One row of the id table. */
export interface IdRow {
  readonly id: Uint8Array;
  readonly part: number;
  readonly index: number;
}

function headOf(row: HeadRow): StoredHead {
  if (!Number.isSafeInteger(row.size) || row.size < 0) {
    throw new StoreError('STORE_CORRUPT', `log.db has a checkpoint of the impossible size ${row.size}`);
  }
  const { control } = row;
  return { size: treeSize(row.size), root: bytesOf(row.root), signatures: bytesOf(row.signatures), control };
}

/** The newest checkpoint, undefined in an empty log. */
export function newestHead(connection: Connection): StoredHead | undefined {
  const row = connection.statement(sql.NEWEST_HEAD).get() as HeadRow | undefined;
  return row === undefined ? undefined : headOf(row);
}

/** Checkpoints with `from <= size < to`, ascending, at most `limit`. */
export function headsBetween(connection: Connection, from: number, to: number, limit: number): StoredHead[] {
  return (connection.statement(sql.HEADS).all(from, to, limit) as HeadRow[]).map(headOf);
}

/** Index of the first entry with an id: of part 0, or 1 where it is split. */
export function findId(connection: Connection, id: Uint8Array): number | undefined {
  const row = connection.statement(sql.FIND_ID).get(id) as { readonly idx: number } | undefined;
  return row?.idx;
}

interface IdsAtOnce {
  readonly count: number;
  readonly sound: number;
  readonly ids: string | null;
  readonly parts: string;
  readonly indexes: string;
}

const ID_BYTES = 16;

/** Rows of the id table in order, after a given one or from the start. */
export function idRowsAfter(connection: Connection, last: IdRow | undefined, limit: number): IdRow[] {
  const given = last === undefined ? [limit] : [last.id, last.part, limit];
  const once = last === undefined ? sql.IDS_FROM_START_AT_ONCE : sql.IDS_AFTER_AT_ONCE;
  const all = connection.statement(once).get(...given) as IdsAtOnce;
  if (all.sound === all.count) return idRowsOf(all);
  // Somebody has been at the table.
  const each = last === undefined ? sql.IDS_FROM_START : sql.IDS_AFTER;
  const rows = connection.statement(each).all(...given) as { id: unknown; part: number; idx: number }[];
  return rows.map(({ id, part, idx }) => ({ id: bytesOf(id), part, index: idx }));
}

function idRowsOf({ ids, parts, indexes }: IdsAtOnce): IdRow[] {
  const bytes = Uint8Array.from(Buffer.from(ids ?? '', 'hex'));
  const partOf = JSON.parse(parts) as readonly number[];
  return (JSON.parse(indexes) as readonly number[]).map((index, i) => ({
    id: bytes.subarray(i * ID_BYTES, (i + 1) * ID_BYTES),
    part: partOf[i] ?? 0,
    index,
  }));
}

/** Hash of a stored subtree. */
export function subtreeHash(
  connection: Connection,
  node: Pick<Subtree, 'level' | 'n'>,
): Uint8Array | undefined {
  const row = connection.statement(sql.SUBTREE).get(node.level, node.n) as
    | { readonly hash: unknown }
    | undefined;
  return row === undefined ? undefined : bytesOf(row.hash);
}

/** Key of the row that holds an index, or the index itself where none does. */
export function chunkStart(connection: Connection, index: number): number {
  const row = connection.statement(sql.CHUNK_START).get(index) as { readonly first: number } | undefined;
  return row?.first ?? index;
}

/** At most `limit` rows with `from <= first < to`, in order. */
export function chunkRows(connection: Connection, from: number, to: number, limit: number): ChunkRow[] {
  return connection.statement(sql.CHUNKS).all(from, to, limit) as ChunkRow[];
}

// To SQLite a negative limit is none.
const NO_LIMIT = -1;

/** Entries of a range, all at once; for the few that a commit looks back at. */
export function readEntries(connection: Connection, from: number, to: number): StoredEntry[] {
  if (!(from < to)) return [];
  const rows = chunkRows(connection, chunkStart(connection, from), to, NO_LIMIT);
  return rows.flatMap((row) => entriesOf(row, from, to));
}
