import {
  accessSync,
  constants,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { APPLICATION_ID, LAYOUT_VERSION, SCHEMA } from './sql.ts';
import { messageOf, StoreError, translated } from './store-error.ts';

/**
 * Makes an empty log. It is made aside and then linked into place, so that a crash leaves no half-made log
 * and of two at once one wins.
 *
 * @throws StoreError `STORE_EXISTS`, `STORE_READ_ONLY`, `STORE_FULL`, `STORE_IO`
 */
export function createFile(file: string): void {
  if (existsSync(file)) throw exists(file);
  try {
    const folder = dirname(file);
    const made = makeFolder(folder);
    if (made !== undefined) syncFolder(dirname(made));
    const aside = mkdtempSync(join(folder, '.new-'));
    try {
      writeEmptyLog(join(aside, 'log.db'));
      putInPlace(join(aside, 'log.db'), file);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
    syncFolder(folder);
  } catch (cause) {
    throw creationError(file, cause);
  }
}

function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (cause) {
    // On a read-only medium this says ENOENT; asking for the right says why.
    accessSync(nearest(folder), constants.W_OK);
    throw cause;
  }
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

// Unlike renaming, linking refuses to replace.
function putInPlace(aside: string, file: string): void {
  try {
    linkSync(aside, file);
  } catch (cause) {
    throw isCode(cause, 'EEXIST') ? exists(file, { cause }) : cause;
  }
}

function writeEmptyLog(file: string): void {
  const db = new Database(file);
  try {
    db.transaction(() => {
      db.exec(SCHEMA);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${LAYOUT_VERSION}`);
    })();
  } finally {
    db.close();
  }
}

// The name is durable only when its folder is; Windows can't open a folder and keeps names in its journal.
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function exists(file: string, options?: ErrorOptions): StoreError {
  return new StoreError('STORE_EXISTS', `there is a log in ${file} already`, options);
}

function creationError(file: string, cause: unknown): unknown {
  if (cause instanceof Database.SqliteError) return translated(cause);
  if (cause instanceof StoreError || !(cause instanceof Error) || !('code' in cause)) return cause;
  const message = `${file} can not be made: ${messageOf(cause)}`;
  switch (cause.code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StoreError('STORE_READ_ONLY', message, { cause });
    case 'ENOSPC':
    case 'EDQUOT':
      return new StoreError('STORE_FULL', message, { cause });
    default:
      return new StoreError('STORE_IO', message, { cause });
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
