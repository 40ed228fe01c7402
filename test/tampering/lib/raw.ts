import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

/** Opens a file of the log's folder past every guard rail, and leaves it at rest with its triggers as they were. */
export function inFile(dir: string, work: (db: Database.Database) => void, file = 'log.db'): void {
  const db = new Database(join(dir, file));
  db.unsafeMode();
  db.pragma('ignore_check_constraints = ON');
  db.pragma('synchronous = OFF');
  const triggers = db
    .prepare<[], Trigger>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.transaction(() => work(db))();
  for (const { sql } of triggers) db.exec(sql);
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** Changes one byte of a blob. `where` is SQL. */
export function flipByte(
  db: Database.Database,
  table: string,
  column: string,
  where: string,
  at: number,
): void {
  const blob = db.prepare<[], Buffer>(`SELECT ${column} FROM ${table} WHERE ${where}`).pluck().get();
  if (blob === undefined) throw new Error(`no row of ${table} where ${where}`);
  const changed = Buffer.from(blob);
  changed[at] = (changed[at] ?? 0) ^ 1;
  change(db, `UPDATE ${table} SET ${column} = ? WHERE ${where}`, changed);
}

/** Runs a statement that must change exactly one row. */
export function change(db: Database.Database, sql: string, ...values: readonly unknown[]): void {
  const { changes } = db.prepare(sql).run(...values);
  if (changes !== 1) throw new Error(`${changes} rows changed by ${sql}`);
}

/** Runs SQL on a file of the log's folder, guard rails and all. */
export function runSql(dir: string, sql: string, file = 'log.db'): void {
  const db = new Database(join(dir, file));
  db.exec(sql);
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** Number of the page on which a table or an index of a file begins. */
export function rootPage(dir: string, name: string, file: string): number {
  const db = new Database(join(dir, file));
  const page = db
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(name);
  db.pragma('journal_mode = DELETE');
  db.close();
  if (page === undefined) throw new Error(`${file} has no ${name}`);
  return page;
}

/** Changes a page of a file at rest, past SQLite. Pages have 4096 bytes. */
export function changePage(dir: string, file: string, page: number, edit: (bytes: Buffer) => void): void {
  const path = join(dir, file);
  const bytes = readFileSync(path);
  edit(bytes.subarray((page - 1) * 4096, page * 4096));
  writeFileSync(path, bytes);
}
