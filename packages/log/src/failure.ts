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

/** What to tell of an error met in a worker. SQLite's own codes are told as the vault's. */
export function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'LOG_FAILED', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'LOG_FAILED';
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return { code: 'STORE_FULL', message: `the disk is full: ${error.message}` };
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS')
    return { code: 'STORE_READ_ONLY', message: `the vault can't be written: ${error.message}` };
  if (code.startsWith('SQLITE_BUSY')) return { code: 'VAULT_BUSY', message: 'another process holds the vault' };
  if (code.startsWith('SQLITE_')) return { code: 'VAULT_DAMAGED', message: `the vault: ${error.message}` };
  return { code, message: error.message };
}

/** The error that a failure stands for on the caller's side. */
export function failureError({ code, message }: Failure): LogError | StoreFailure {
  return isLogCode(code) ? new LogError(code, message) : new StoreFailure(code, message);
}

function isLogCode(code: string): code is LogErrorCode {
  return LOG_CODES.has(code);
}
