import { ZegelError } from '@zegel/core';
import type { StoreErrorCode } from './port.ts';

/** Everything that opening, writing or reading a log can be refused for; see `docs/errors.md`. */
export type LogErrorCode =
  | 'LOG_EXISTS'
  | 'LOG_NOT_FOUND'
  | 'LOG_URL'
  | 'LOG_CLOSED'
  | 'LOG_FAILED'
  | 'LOG_TRUNCATED'
  | 'LOG_FORKED'
  | 'LOG_DAMAGED'
  | 'KEY_MISSING'
  | 'KEY_MISMATCH'
  | 'KEY_DAMAGED'
  | 'VAULT_MISSING'
  | 'VAULT_DAMAGED'
  | 'VAULT_BUSY'
  | 'REGISTER_OLDER'
  | 'ID_CONFLICT'
  | 'HANDLE_UNKNOWN'
  | 'STATE_DAMAGED'
  | 'INDEX_OUT_OF_RANGE';

/** A log that can't be opened, written or read. `code` tells which case; `cause` what was underneath. */
export class LogError extends ZegelError {
  override readonly name = 'LogError';
  readonly code: LogErrorCode;

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A failure of the store underneath (`STORE_FULL`, `STORE_BUSY`, …), carried over from the thread that met it. */
export class StoreFailure extends ZegelError {
  override readonly name = 'StoreFailure';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
