import { ZegelError } from '@zegel/core';
import type { StoreErrorCode } from '@zegel/log/port';
import Database from 'better-sqlite3';

/** What the SQLite store refuses or can't do. `index` is the first entry concerned, where there is one. */
export class StoreError extends ZegelError {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly index: number | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: ErrorOptions & { readonly index?: number } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.index = options.index;
  }
}

// Result codes by their beginning, https://sqlite.org/rescode.html; the first that fits counts.
const MEANINGS: readonly (readonly [prefix: string, code: StoreErrorCode, message: string])[] = [
  ['SQLITE_FULL', 'STORE_FULL', 'no space left for the log'],
  // Growing the shared index of the WAL fails so on a full disk.
  ['SQLITE_IOERR_SHMSIZE', 'STORE_FULL', 'no space left for the log'],
  ['SQLITE_READONLY', 'STORE_READ_ONLY', 'the log is on a read-only medium'],
  ['SQLITE_BUSY', 'STORE_BUSY', 'other writers hold the log'],
  ['SQLITE_LOCKED', 'STORE_BUSY', 'other writers hold the log'],
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'log.db is not a SQLite file'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT', 'log.db is damaged'],
  ['SQLITE_ERROR', 'STORE_CORRUPT', 'log.db does not have the tables of a log'],
  ['SQLITE_CANTOPEN', 'STORE_IO', 'log.db can not be opened'],
  ['SQLITE_PERM', 'STORE_IO', 'log.db can not be opened'],
  ['SQLITE_IOERR', 'STORE_IO', 'log.db can not be read or written'],
  ['SQLITE_NOMEM', 'STORE_IO', 'not enough memory for log.db'],
];

/** A SQLite failure as a {@link StoreError}; anything else, a broken constraint included, stays what it is. */
export function translated(cause: unknown): unknown {
  if (!(cause instanceof Database.SqliteError)) return cause;
  const meaning = MEANINGS.find(([prefix]) => cause.code.startsWith(prefix));
  if (meaning === undefined) return cause;
  return new StoreError(meaning[1], `${meaning[2]} (${cause.code}: ${cause.message})`, { cause });
}

/** What went wrong, in SQLite's words where it was SQLite. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
