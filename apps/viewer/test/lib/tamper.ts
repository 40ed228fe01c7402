import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { leafHash } from '@zegel/core';
import { openReader } from '@zegel/log';
import Database from 'better-sqlite3';

/** An entry as it lies in the file; without bytes its body is gone. */
export interface Loose {
  bytes: Uint8Array | undefined;
  leaf: Uint8Array;
}

/** Opens a file of a log's folder past every guard rail, under whoever else has it open. */
export function inFile(dir: string, work: (db: Database.Database) => void, file = 'log.db'): void {
  const db = new Database(join(dir, file));
  db.unsafeMode();
  db.pragma('ignore_check_constraints = ON');
  const triggers = db
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  db.transaction(() => {
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    work(db);
    for (const { sql } of triggers) db.exec(sql);
  })();
  db.close();
}

/** Changes the entries of the row in which an index lies, and makes the row's own checksum right. */
export async function inRow(
  dir: string,
  index: number,
  work: (entries: Loose[], at: number) => void,
): Promise<void> {
  const row = rowOf(dir, index);
  const entries: Loose[] = [];
  await using reader = await openReader(dir);
  for await (const chunk of reader.read(row.first, row.first + row.count))
    for (const { bytes, leafHash: leaf } of chunk)
      entries.push({ bytes: bytes?.slice(), leaf: leaf.slice() });
  work(entries, index - row.first);
  const body = Buffer.concat(
    entries.flatMap(({ bytes = new Uint8Array(0) }) => [
      Uint8Array.of(bytes.length >> 8, bytes.length & 0xff),
      bytes,
    ]),
  );
  const hashes = Buffer.concat(entries.map(({ leaf }) => leaf));
  inFile(dir, (db) =>
    db
      .prepare('UPDATE chunk SET size = ?, crc = ?, hashes = ?, body = ? WHERE first = ?')
      .run(body.length, crc32(body), hashes, body, row.first),
  );
}

/** Puts another operation of the same length in place of an entry's, and with `rehash` its leaf hash too. */
export function changeBody(dir: string, index: number, { rehash = false } = {}): Promise<void> {
  return inRow(dir, index, (entries, at) => {
    const entry = entries[at];
    if (entry?.bytes === undefined) throw new Error(`no body ${index}`);
    const text = Buffer.from(entry.bytes).toString();
    entry.bytes = Buffer.from(text.replace('customer.show', 'customer.edit'));
    if (rehash) entry.leaf = leafHash(entry.bytes);
  });
}

/** Cuts the log off at a checkpoint, with everything that depends on what goes. */
export function cutOff(dir: string, size: number): void {
  inFile(dir, (db) => {
    db.prepare('DELETE FROM chunk WHERE first >= ?').run(size);
    db.prepare('DELETE FROM head WHERE size > ?').run(size);
    db.prepare('DELETE FROM id WHERE idx >= ?').run(size);
    db.prepare('DELETE FROM subtree WHERE (n + 1) * (1 << (8 * level)) > ?').run(size);
  });
}

/** Removes the bodies of one row as a store does that prunes, with the cover that it notes; or without. */
export async function removeBodies(dir: string, first: number, last: number, cover: boolean): Promise<void> {
  await inRow(dir, first, (entries, at) => {
    for (const entry of entries.slice(at, at + last - first + 1)) entry.bytes = undefined;
  });
  if (!cover) return;
  const row = rowOf(dir, first);
  inFile(dir, (db) =>
    db.prepare('INSERT INTO cover (chunk, first, last) VALUES (?, ?, ?)').run(row.first, first, last),
  );
}

function rowOf(dir: string, index: number): { first: number; count: number } {
  const db = new Database(join(dir, 'log.db'), { readonly: true });
  const row = db
    .prepare<[number], { first: number; count: number }>(
      'SELECT first, count FROM chunk WHERE first <= ? ORDER BY first DESC LIMIT 1',
    )
    .get(index);
  db.close();
  if (row === undefined) throw new Error(`no row of ${index}`);
  return row;
}
