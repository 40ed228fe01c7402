import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../store-error.ts';
import { LAYOUT, SCHEMA } from './schema.ts';

/** Longest wait for another process's transaction, ms. Those are short: it blocks the thread. */
const BUSY_WAIT = 5000;

/** SQLite's codes, by their beginning, of a file that is no good any more. */
const DAMAGE: readonly string[] = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_ERROR', 'SQLITE_MISMATCH'];

/** Whether what SQLite says means that the replica is to be built again. */
export function isDamage(cause: unknown): boolean {
  return cause instanceof Database.SqliteError && DAMAGE.some((code) => cause.code.startsWith(code));
}

/** A failure of SQLite in the words of the port; anything else stays what it is. */
export function translated(cause: unknown): unknown {
  if (!(cause instanceof Database.SqliteError)) return cause;
  const message = `what this machine keeps of the log can not be read or written (${cause.code}: ${cause.message})`;
  if (cause.code.startsWith('SQLITE_FULL')) return new StoreError('STORE_FULL', message, { cause });
  if (cause.code.startsWith('SQLITE_READONLY')) return new StoreError('STORE_READ_ONLY', message, { cause });
  if (cause.code.startsWith('SQLITE_BUSY')) return new StoreError('STORE_BUSY', message, { cause });
  return new StoreError('STORE_IO', message, { cause });
}

/** The file of a home, undefined where there is none: then all is kept in memory. Makes the folder. */
export function replicaFile(home: string | undefined): string | undefined {
  if (home === undefined) return undefined;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return join(home, 's3.db');
}

/** Opens the file, made again where it is of another layout or no database at all. */
export function openDatabase(file: string | undefined): Database.Database {
  if (file === undefined) return prepare(new Database(':memory:'), false);
  try {
    return openFile(file);
  } catch (cause) {
    if (!isDamage(cause)) throw translated(cause);
    removeDatabase(file);
    return openFile(file);
  }
}

/** Takes a damaged file away. Who has it open goes on with what it holds, which nobody believes. */
export function removeDatabase(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
}

function openFile(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_WAIT });
  try {
    // Ids of events and handle numbers are nobody else's business.
    chmodSync(file, 0o600);
    return prepare(db, true);
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function prepare(db: Database.Database, isFile: boolean): Database.Database {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  if (isFile) {
    db.pragma('journal_mode = WAL');
    // What is lost with the machine's power is taken in from the bucket again.
    db.pragma('synchronous = NORMAL');
  }
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true });
    if (version === LAYOUT) return;
    for (const { name } of tablesOf(db)) db.exec(`DROP TABLE "${name.replaceAll('"', '""')}"`);
    db.exec(SCHEMA);
    db.pragma(`user_version = ${LAYOUT}`);
  }).immediate();
  return db;
}

function tablesOf(db: Database.Database): readonly { readonly name: string }[] {
  return db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
}
