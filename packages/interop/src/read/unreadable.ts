import { ZegelError } from '@zegel/core';

/** Bytes that can't be read as records: told in one line, and the reading of that file ends. */
export class UnreadableError extends ZegelError {
  override readonly name = 'UnreadableError';
  readonly code = 'UNREADABLE' as const;
}
