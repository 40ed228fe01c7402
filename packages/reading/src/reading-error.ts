import { ZegelError } from '@zegel/core';

/** A reading that can't go on; see `docs/errors.md`. */
export class ReadingError extends ZegelError {
  override readonly name = 'ReadingError';
  readonly code: 'CONSULTATION_REFUSED';

  constructor(code: 'CONSULTATION_REFUSED', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
