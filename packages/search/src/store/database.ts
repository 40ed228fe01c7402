import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { IndexError } from './index-error.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

const BUSY_MS = 30_000;

/**
 * Opens the index file. `write` makes it when it is missing and starts anew when it is damaged or of another version:
 * everything in it is derived. `read` changes nothing.
 *
 * @throws IndexError INDEX_MISSING, INDEX_MISMATCH, INDEX_DAMAGED when opened for reading
 */
export function openDatabase(path: string, mode: 'write' | 'read'): Database.Database {
  if (mode === 'read') return openExisting(path);
  try {
    return openWritable(path);
  } catch (error) {
    if (!isDamage(error) && !(error instanceof IndexError)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return openWritable(path);
  }
}

function openExisting(path: string): Database.Database {
  if (!existsSync(path)) throw new IndexError('INDEX_MISSING', 'there is no index yet');
  const db = new Database(path, { fileMustExist: true, timeout: BUSY_MS });
  try {
    return checked(db, () => {
      db.pragma('query_only = ON');
      tune(db);
      if (db.pragma('user_version', { simple: true }) === 0)
        throw new IndexError('INDEX_MISSING', 'there is no index yet');
      requireSchema(db);
    });
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    throw new IndexError('INDEX_DAMAGED', 'the index file is damaged; it is derived and can be rebuilt', {
      cause,
    });
  }
}

function openWritable(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_MS });
  return checked(db, () => {
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL'); // a lost tail is derived again
    db.pragma('secure_delete = ON');
    db.pragma('wal_autocheckpoint = 2000');
    db.pragma('journal_size_limit = 8388608');
    tune(db);
    createTables(db);
    requireSchema(db);
  });
}

function checked(db: Database.Database, prepare: () => void): Database.Database {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function tune(db: Database.Database): void {
  db.pragma('cache_size = -8192'); // chunks are read once; what is worth keeping the system keeps
  db.pragma('mmap_size = 0'); // or a thread that reads much would count the whole file as its memory
}

function createTables(db: Database.Database): void {
  const create = db.transaction(() => {
    if (db.pragma('user_version', { simple: true }) !== 0) return;
    for (const statement of SCHEMA) db.exec(statement);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
  create.immediate();
}

function requireSchema(db: Database.Database): void {
  if (db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION) {
    throw new IndexError('INDEX_MISMATCH', 'the index is of another version of Zegel');
  }
  const made = db.prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').pluck().all();
  if (made.length === SCHEMA.length && SCHEMA.every((statement) => made.includes(statement))) return;
  throw new IndexError('INDEX_DAMAGED', 'the index has other tables than it should');
}

/** Whether SQLite says that the file is not a sound database. */
export function isDamage(error: unknown): error is Error {
  if (!(error instanceof Database.SqliteError)) return false;
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB';
}
