import { ZegelError } from '@zegel/core';

/** What handling the file of log-ins and tokens can be refused for; see `docs/errors.md`. */
export type AccessErrorCode =
  | 'TOKEN_UNKNOWN'
  | 'TOKEN_SOURCE'
  | 'USER_UNKNOWN'
  | 'USER_EXISTS'
  | 'USER_NAME'
  | 'USER_ROLES'
  | 'LOGIN_DAYS'
  | 'ACCESS_UNREADABLE';

/** `access.db` can't be used as asked. */
export class AccessError extends ZegelError {
  override readonly name = 'AccessError';
  readonly code: AccessErrorCode;

  constructor(code: AccessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
