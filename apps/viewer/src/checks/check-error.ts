import { ZegelError } from '@zegel/core';

/** Why the checks of a log can't be set up or done; see `docs/errors.md`. */
export type CheckErrorCode = 'STATE_PLACE' | 'STATE_TAKEN' | 'CHECK_DIED' | 'CHECK_CANCELLED';

/** Checks that can't be set up, or one that did not come to its end. Says nothing about the log. */
export class CheckError extends ZegelError {
  override readonly name = 'CheckError';
  readonly code: CheckErrorCode;

  constructor(code: CheckErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
