import { ZegelError } from './errors.ts';

/** What a text or a byte string was meant to be and is not. */
export type FormatErrorCode =
  | 'BAD_BASE64'
  | 'BAD_BASE64URL'
  | 'BAD_CHECKPOINT'
  | 'BAD_KEY'
  | 'BAD_TILE'
  | 'BAD_TLOG_PROOF'
  | 'BAD_UTF8'
  | 'BAD_UUID'
  | 'NOT_CANONICAL'
  | 'NOT_JSON';

/** Input that is not in the one form its format allows. Nothing of it was used. */
export class FormatError extends ZegelError {
  override readonly name = 'FormatError';
  readonly code: FormatErrorCode;

  constructor(code: FormatErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
