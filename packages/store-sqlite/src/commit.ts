import { assert } from '@zegel/core';
import type { Batch, CommitView, StoredHead } from '@zegel/log/port';
import { MAX_ENTRY, packBody } from './chunk-body.ts';
import type { Connection } from './connection.ts';
import { findId, newestHead, readEntries } from './queries.ts';
import * as sql from './sql.ts';
import { writing } from './transaction.ts';

const HASH = 32;
const ID = 16;

/** How a try to commit ended. A `build` that throws is the caller's affair and not to be taken for a lock. */
export type Outcome =
  | { readonly kind: 'stored'; readonly batch: Batch }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly cause: unknown };

/**
 * Appends what `build` makes of the true head. The write lock is taken before the head is read, so that it
 * stays true; a crash before COMMIT leaves frames in the WAL without a commit mark, which SQLite ignores.
 */
export function commit(connection: Connection, build: (view: CommitView) => Batch | undefined): Outcome {
  return writing<Outcome>(connection, () => {
    const outcome = built(connection, build);
    if (outcome.kind === 'stored') insert(connection, outcome.batch);
    return outcome;
  });
}

function built(connection: Connection, build: (view: CommitView) => Batch | undefined): Outcome {
  const head = newestHead(connection);
  const view = openView(connection, head);
  try {
    const batch = build(view.view);
    if (batch === undefined) return { kind: 'nothing' };
    checkBatch(batch, head?.size ?? 0);
    return { kind: 'stored', batch };
  } catch (cause) {
    return { kind: 'failed', cause };
  } finally {
    view.end();
  }
}

function openView(connection: Connection, head: StoredHead | undefined): { view: CommitView; end(): void } {
  let open = true;
  const size = head?.size ?? 0;
  const view: CommitView = {
    head,
    size,
    find: (id) => {
      assert(open, 'a commit view is used inside its callback only');
      return findId(connection, id);
    },
    read: (from, to) => {
      assert(open, 'a commit view is used inside its callback only');
      return readEntries(connection, from, Math.min(to, size));
    },
  };
  return {
    view,
    end: () => {
      open = false;
    },
  };
}

function checkBatch(batch: Batch, size: number): void {
  const count = batch.entries.length;
  assert(count > 0, 'a batch has entries');
  assert(batch.leafHashes.length === HASH * count, 'a batch has a leaf hash of 32 bytes for each entry');
  assert(batch.ids.length === ID * count, 'a batch has an id of 16 bytes for each entry');
  assert(batch.parts.length === count, 'a batch has a part number for each entry');
  assert(batch.head.size === size + count, 'the checkpoint of a batch covers its entries');
  for (const entry of batch.entries) {
    if (entry === undefined) continue;
    const { length } = entry;
    assert(length > 0 && length <= MAX_ENTRY, `an entry has 1 to 65,535 bytes, not ${length}`);
  }
}

function insert(connection: Connection, batch: Batch): void {
  const count = batch.entries.length;
  const start = batch.head.size - count;
  for (let from = 0; from < count; from += sql.CHUNK_ENTRIES) {
    const to = Math.min(from + sql.CHUNK_ENTRIES, count);
    const entries = batch.entries.slice(from, to);
    const { size, crc, body } = packBody(entries);
    const hashes = batch.leafHashes.subarray(HASH * from, HASH * to);
    insertCovers(connection, entries, start + from);
    connection.statement(sql.ADD_CHUNK).run(start + from, to - from, size, crc, hashes, body);
    insertIds(connection, batch, from, to, start);
  }
  for (const { level, n, hash } of batch.subtrees) connection.statement(sql.ADD_SUBTREE).run(level, n, hash);
  const { size, control, root, signatures } = batch.head;
  connection.statement(sql.ADD_HEAD).run(size, control, root, signatures);
}

/** Bodies that a copied log lacks are covered as if they had been pruned here. */
function insertCovers(
  connection: Connection,
  entries: readonly (Uint8Array | undefined)[],
  chunk: number,
): void {
  let first = 0;
  while (first < entries.length) {
    if (entries[first] !== undefined) {
      first++;
      continue;
    }
    let last = first;
    while (last + 1 < entries.length && entries[last + 1] === undefined) last++;
    connection.statement(sql.ADD_COVER).run(chunk, chunk + first, chunk + last);
    first = last + 1;
  }
}

function insertIds(connection: Connection, batch: Batch, from: number, to: number, start: number): void {
  const ids = batch.ids.subarray(ID * from, ID * to);
  const parts = batch.parts.slice(from, to);
  if (parts.every((part) => part === 0)) {
    connection.statement(sql.ADD_IDS).run(ids, start + from, to - from);
    return;
  }
  for (const [n, part] of parts.entries()) {
    connection.statement(sql.ADD_ID).run(ids.subarray(ID * n, ID * n + ID), part, start + from + n);
  }
}
