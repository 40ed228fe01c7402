import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import Hypercore from 'hypercore';
import { time } from './stats.ts';

/** An open database with one row per entry, synchronous=FULL. */
export interface Plain {
  one(entry: Uint8Array): void;
  all(entries: readonly Uint8Array[], size: number): void;
  close(): void;
}

/** The plainest durable way to keep bytes. */
export function openPlain(dir: string): Plain {
  mkdirSync(dir, { recursive: true });
  const db = new Database(join(dir, 'plain.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO entry (body) VALUES (?)');
  const commit = db.transaction((entries: readonly Uint8Array[]) => {
    for (const entry of entries) insert.run(entry);
  });
  return {
    one: (entry) => commit([entry]),
    all(entries, size) {
      for (let from = 0; from < entries.length; from += size) commit(entries.slice(from, from + size));
    },
    close() {
      db.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** Milliseconds for the same bytes as plain inserts, so many rows a transaction. */
export async function plainInserts(
  dir: string,
  entries: readonly Uint8Array[],
  size: number,
): Promise<number> {
  const plain = openPlain(dir);
  const took = await time(() => plain.all(entries, size));
  plain.close();
  return took;
}

/** The same bytes appended to a hypercore in blocks of `size`. */
export async function hypercoreAppends(
  dir: string,
  entries: readonly Uint8Array[],
  size: number,
): Promise<number> {
  mkdirSync(dir, { recursive: true });
  const core = new Hypercore(dir);
  await core.ready();
  const blocks = entries.map((entry) => Buffer.from(entry));
  const took = await time(async () => {
    for (let from = 0; from < blocks.length; from += size) await core.append(blocks.slice(from, from + size));
  });
  await core.close();
  rmSync(dir, { recursive: true });
  return took;
}
