import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { LogIns } from '../people/log-ins.ts';
import { fill } from './fill.ts';
import type { Tables } from './schema.ts';
import { TABLES } from './tables.ts';

/** Opens the dashboard's own database, made and filled on the first start. */
export async function openDatabase(path: string, logIns: LogIns): Promise<Database.Database> {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  if (db.pragma('user_version', { simple: true }) !== 1) {
    // One transaction: a start that was stopped here leaves an empty file, which the next one fills.
    db.exec('begin immediate');
    try {
      db.exec(TABLES);
      await fill(new Kysely<Tables>({ dialect: new SqliteDialect({ database: db }) }), logIns);
      db.pragma('user_version = 1');
      db.exec('commit');
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  }
  return db;
}
