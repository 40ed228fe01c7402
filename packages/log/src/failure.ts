import { LogError, type LogErrorCode, StoreFailure } from './errors.ts';
import type { StoreErrorCode } from './port.ts';

const LOG_CODES: Readonly<Record<LogErrorCode, true>> = {
  LOG_EXISTS: true,
  LOG_NOT_FOUND: true,
  LOG_URL: true,
  LOG_CLOSED: true,
  LOG_FAILED: true,
  LOG_TRUNCATED: true,
  LOG_FORKED: true,
  LOG_DAMAGED: true,
  KEY_MISSING: true,
  KEY_MISMATCH: true,
  KEY_DAMAGED: true,
  VAULT_MISSING: true,
  VAULT_DAMAGED: true,
  VAULT_BUSY: true,
  REGISTER_OLDER: true,
  ID_CONFLICT: true,
  HANDLE_UNKNOWN: true,
  STATE_DAMAGED: true,
  INDEX_OUT_OF_RANGE: true,
};

const STORE_CODES: Readonly<Record<StoreErrorCode, true>> = {
  STORE_EXISTS: true,
  STORE_NOT_FOUND: true,
  STORE_VERSION: true,
  STORE_CORRUPT: true,
  STORE_READ_ONLY: true,
  STORE_FULL: true,
  STORE_BUSY: true,
  STORE_IO: true,
  STORE_CLOSED: true,
  STORE_UNSAFE: true,
  STORE_CLOCK: true,
};

/** An error as it crosses from one thread to another: its code and its message. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

// By the beginning of a code of SQLite (which here is the vault's) or of the file system; the first that fits counts.
const MEANINGS: readonly (readonly [prefix: string, code: string, message: string])[] = [
  ['SQLITE_FULL', 'STORE_FULL', 'no space left for the vault'],
  // Growing the shared index of the journal fails so on a full disk.
  ['SQLITE_IOERR_SHMSIZE', 'STORE_FULL', 'no space left for the vault'],
  ['ENOSPC', 'STORE_FULL', 'no space left'],
  ['EDQUOT', 'STORE_FULL', 'no space left'],
  ['SQLITE_READONLY', 'STORE_READ_ONLY', "the vault can't be written"],
  ['EROFS', 'STORE_READ_ONLY', 'the medium is read-only'],
  ['EACCES', 'STORE_READ_ONLY', 'no right to write'],
  ['EPERM', 'STORE_READ_ONLY', 'no right to write'],
  ['SQLITE_BUSY', 'VAULT_BUSY', 'another process holds the vault'],
  ['SQLITE_IOERR', 'STORE_IO', "the vault can't be read or written"],
  ['SQLITE_CANTOPEN', 'STORE_IO', "the vault can't be opened"],
  ['SQLITE_', 'VAULT_DAMAGED', 'the vault'],
];

/** What to tell of an error met in a worker. SQLite's own codes are told as the vault's. */
export function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'LOG_FAILED', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'LOG_FAILED';
  const meaning = MEANINGS.find(([prefix]) => code.startsWith(prefix));
  if (meaning !== undefined) return { code: meaning[1], message: `${meaning[2]}: ${error.message}` };
  return { code, message: error.message };
}

/** The error that a failure stands for on the caller's side; one of no known code is the log's own failing. */
export function failureError({ code, message }: Failure): LogError | StoreFailure {
  if (isStoreCode(code)) return new StoreFailure(code, message);
  return isLogCode(code) ? new LogError(code, message) : new LogError('LOG_FAILED', `${code}: ${message}`);
}

function isLogCode(code: string): code is LogErrorCode {
  return Object.hasOwn(LOG_CODES, code);
}

function isStoreCode(code: string): code is StoreErrorCode {
  return Object.hasOwn(STORE_CODES, code);
}
