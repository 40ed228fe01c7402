import { ZegelError } from '@zegel/core';
import type { Problem } from '@zegel/log';

/** Everything that declaring or sealing an access can fail for; see `docs/errors.md`. */
export type CaptureErrorCode =
  | 'DECLARATION_INVALID'
  | 'LOG_UNAVAILABLE'
  | 'GAPS_UNAVAILABLE'
  | 'NO_CONTEXT'
  | 'NOTHING_SEEN'
  | 'UNDECLARED'
  | 'SUBJECT_UNKNOWN'
  | 'BULK_UNKNOWN';

/** What else a {@link CaptureError} tells. */
export interface CaptureErrorOptions extends ErrorOptions {
  readonly activity?: string;
  readonly problems?: readonly Problem[];
}

/** An access that may not go on, or can't be declared. Its message names no person. */
export class CaptureError extends ZegelError {
  override readonly name = 'CaptureError';
  readonly code: CaptureErrorCode;
  /** The activity concerned, where there is one. */
  readonly activity: string | undefined;
  /** Everything that is wrong, of `DECLARATION_INVALID`. */
  readonly problems: readonly Problem[];

  constructor(code: CaptureErrorCode, message: string, options: CaptureErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.activity = options.activity;
    this.problems = options.problems ?? [];
  }
}

/** Thrown by an act to say that authorisation refused it: the entry's outcome is then `denied` instead of `error`. */
export class DeniedError extends Error {
  override readonly name = 'DeniedError';
}
