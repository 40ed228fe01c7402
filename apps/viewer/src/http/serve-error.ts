import { ZegelError } from '@zegel/core';

/** What a server can't be started for; see `docs/errors.md`. */
export type ServeErrorCode = 'ADDRESS_OPEN' | 'DEV_OPEN' | 'ADDRESS_TAKEN' | 'TLS_WRONG';

/** A server that can't listen as asked. */
export class ServeError extends ZegelError {
  override readonly name = 'ServeError';
  readonly code: ServeErrorCode;

  constructor(code: ServeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
