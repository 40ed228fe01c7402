import { ZegelError } from '@zegel/core';

/**
 * Why the index can't answer: it is not there yet, it belongs to another log or an older state of this one, its file is
 * damaged, the query asks for persons and there is no vault, or there are more names than it can number. Every one but
 * the last two is cured by opening the index for writing, which rebuilds it.
 */
export type IndexErrorCode =
  | 'INDEX_MISSING'
  | 'INDEX_MISMATCH'
  | 'INDEX_DAMAGED'
  | 'INDEX_NEEDS_VAULT'
  | 'INDEX_FULL';

export class IndexError extends ZegelError {
  override readonly name = 'IndexError';
  readonly code: IndexErrorCode;

  constructor(code: IndexErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
