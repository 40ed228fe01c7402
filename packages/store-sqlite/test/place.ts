import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogStore, StoredEntry, StoreOptions } from '@zegel/log/port';
import { openStore } from '../src/index.ts';
import { batchAfter } from '@zegel/testkit';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';

/** A folder that goes when the test ends. */
export async function newPlace(under: string = tmpdir()): Promise<string> {
  const place = await mkdtemp(join(under, 'zegel-store-'));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  return place;
}

/** A store that is closed when the test ends. */
export async function open(
  place: string,
  mode: StoreOptions['mode'],
  busyTimeout = 10_000,
): Promise<LogStore> {
  const store = await openStore(place, { mode, busyTimeout });
  onTestFinished(() => store.close());
  return store;
}

/** A log with these commits, closed. */
export async function logWith(place: string, ...commits: readonly (readonly Uint8Array[])[]): Promise<void> {
  const store = await openStore(place, { mode: 'create' });
  for (const entries of commits) await store.commit((view) => batchAfter(view, entries));
  await store.close();
}

/** SQL on a log, past the store. */
export function bySql<T>(place: string, work: (db: Database.Database) => T): T {
  const db = new Database(join(place, 'log.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** What who edits a log does first. */
export function withoutTriggers<T>(place: string, work: (db: Database.Database) => T): T {
  return bySql(place, (db) => {
    const names = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .all();
    for (const { name } of names) db.exec(`DROP TRIGGER ${name}`);
    db.pragma('ignore_check_constraints = ON');
    return work(db);
  });
}

/** All entries of a store. */
export async function everything(store: LogStore): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  for await (const chunk of store.read(0, Number.MAX_SAFE_INTEGER)) all.push(...chunk);
  return all;
}

/** Bytes as text that a failed comparison can show. */
export function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');
}
