import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, it } from 'vitest';
import { captureSqlite } from '../src/sqlite/capture-sqlite.ts';
import { type Drizzled, onSqlite, type Tables, withDrizzle, withKysely } from './builders.ts';
import { checkBuilt } from './check-built.ts';
import { recording, schema } from './sample.ts';

function fresh(): { readonly capture: ReturnType<typeof recording>; readonly db: Database.Database } {
  const raw = new Database(':memory:');
  raw.exec(schema);
  const capture = recording();
  return { capture, db: captureSqlite(raw, { capture }) };
}

describe('better-sqlite3 under Kysely', () => {
  const { capture, db } = fresh();
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: db }) });
  it.each(withKysely(kysely))('$name', (each) => checkBuilt(capture, each));
});

describe('better-sqlite3 under Drizzle', () => {
  const { capture, db } = fresh();
  const tried = withDrizzle(drizzle(db) as unknown as Drizzled, onSqlite);
  it.each(tried)('$name', (each) => checkBuilt(capture, each));
});
