import { LogError, StoreFailure, type LogErrorCode } from './errors.ts';

const LOG_CODES: ReadonlySet<string> = new Set<LogErrorCode>([
  'LOG_EXISTS', 'LOG_NOT_FOUND', 'LOG_URL', 'LOG_CLOSED', 'LOG_FAILED', 'LOG_TRUNCATED', 'LOG_FORKED', 'LOG_DAMAGED', 'KEY_MISSING',
  'KEY_MISMATCH', 'KEY_DAMAGED', 'VAULT_MISSING', 'VAULT_DAMAGED', 'VAULT_BUSY', 'REGISTER_OLDER', 'ID_CONFLICT', 'EVENT_TOO_LARGE',
  'EVENT_NOT_JSON', 'HANDLE_UNKNOWN', 'STATE_DAMAGED', 'INDEX_OUT_OF_RANGE',
]);

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

/** The error that a failure stands for on the caller's side. */
export function failureError({ code, message }: Failure): LogError | StoreFailure {
  return isLogCode(code) ? new LogError(code, message) : new StoreFailure(code, message);
}

function isLogCode(code: string): code is LogErrorCode {
  return LOG_CODES.has(code);
}
