import { ZegelError } from '@zegel/core';
import type { StoreErrorCode } from '@zegel/log/port';

/** A store in a bucket could not do what it was asked; `code` says why (port of `@zegel/log`). */
export class StoreError extends ZegelError {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** Entry where the damage is, where that is known. */
  readonly index: number | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: ErrorOptions & { readonly index?: number } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.index = options.index;
  }
}
