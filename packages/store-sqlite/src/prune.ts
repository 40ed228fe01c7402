import { assert } from '@zegel/core';
import type { Cover, StoredEntry } from '@zegel/log/port';
import { packBody } from './chunk-body.ts';
import { type ChunkRow, entriesOf } from './chunk-row.ts';
import type { Connection } from './connection.ts';
import { chunkRows, chunkStart, newestHead } from './queries.ts';
import type { Use } from './scan.ts';
import * as sql from './sql.ts';
import { StoreError } from './store-error.ts';
import { writing } from './transaction.ts';

type Range = readonly [first: number, last: number];

// Chunks in one transaction: other writers wait for no longer than one of their own commits takes.
const STEP_CHUNKS = 64;

/**
 * Removes the bodies that a cover names, in steps. A crash in between leaves some bodies; as every step only
 * removes what is still there, doing it again finishes it. Done when nothing of them is left in the WAL.
 */
export async function prune(use: Use, cover: Cover): Promise<void> {
  await use((connection) => checkCover(connection, cover));
  for (const range of cover.ranges) {
    let at = await use((connection) => chunkStart(connection, range[0]));
    while (at <= range[1]) at = await use((connection) => pruneStep(connection, cover, at, range[1]));
  }
  await use(emptyWal);
}

function checkCover(connection: Connection, { by, ranges }: Cover): void {
  const size = newestHead(connection)?.size ?? 0;
  assert(by < size, 'a cover is an entry of the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(first > end && first <= last, 'the ranges of a cover are sorted and disjoint');
    end = last;
  }
  assert(end < by, 'a cover names entries before itself');
}

/** Prunes up to {@link STEP_CHUNKS} rows from the one at `at` on; returns where to go on. */
function pruneStep(connection: Connection, cover: Cover, at: number, last: number): number {
  return writing(connection, () => {
    const rows = chunkRows(connection, at, last + 1, STEP_CHUNKS);
    for (const row of rows) pruneRow(connection, row, cover);
    const end = rows.at(-1);
    return rows.length < STEP_CHUNKS || end === undefined ? last + 1 : end.first + 1;
  });
}

function pruneRow(connection: Connection, row: ChunkRow, cover: Cover): void {
  const entries = entriesOf(row, row.first, Number.POSITIVE_INFINITY);
  const ranges = within(cover.ranges, row.first, row.first + entries.length - 1);
  const covered = (index: number) => ranges.some(([first, last]) => first <= index && index <= last);
  if (
    !entries.some(
      ({ index, bytes, damage }) => covered(index) && (bytes !== undefined || damage !== undefined),
    )
  ) {
    return;
  }
  const { size, crc, body } = packBody(
    entries.map((entry) => (covered(entry.index) ? undefined : kept(entry))),
  );
  // The cover comes first: without it the trigger refuses the update.
  for (const [first, last] of ranges) connection.statement(sql.ADD_COVER).run(row.first, first, last);
  connection.statement(sql.PRUNE_CHUNK).run(size, crc, body, row.first);
}

// Writing a damaged row anew would make the damage look like a pruned body.
function kept({ index, bytes, damage }: StoredEntry): Uint8Array | undefined {
  if (damage === undefined || bytes !== undefined) return bytes;
  throw new StoreError('STORE_CORRUPT', `entry ${index} can not be read: ${damage}`, { index });
}

function within(ranges: readonly Range[], first: number, last: number): Range[] {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[1] ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  const found: Range[] = [];
  for (let n = low; n < ranges.length; n++) {
    const [start, end] = ranges[n] ?? [last + 1, last];
    if (start > last) break;
    found.push([Math.max(first, start), Math.min(last, end)]);
  }
  return found;
}

/** Moves the WAL into the file and cuts it off: its old frames still held the bodies. */
function emptyWal(connection: Connection): void {
  const [result] = connection.db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
  if (result?.busy !== 0) throw new StoreError('STORE_BUSY', 'a reader holds the pruned bodies; prune again');
}
