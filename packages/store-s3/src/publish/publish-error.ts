import { ZegelError } from '@zegel/core';

/** Why publishing stopped; see `docs/errors.md`. */
export type PublishErrorCode = 'PUBLIC_UNVERIFIED' | 'PUBLIC_FORKED' | 'PUBLIC_PLACE';

/** What is published already is not this log's past, or nothing can be published there: nothing was put over it. */
export class PublishError extends ZegelError {
  override readonly name = 'PublishError';
  readonly code: PublishErrorCode;

  constructor(code: PublishErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
