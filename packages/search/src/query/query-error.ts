import { ZegelError } from '@zegel/core';

/** A query that can't be read. `position` and `length` (UTF-16 code units) point at the culprit. */
export class QueryError extends ZegelError {
  override readonly name = 'QueryError';
  readonly code = 'QUERY_INVALID' as const;
  /** Offset of the first character concerned, from 0. */
  readonly position: number;
  /** Number of characters concerned, at least 1. */
  readonly length: number;

  constructor(message: string, position: number, length: number) {
    super(`${message} (at character ${position + 1})`);
    this.position = position;
    this.length = Math.max(1, length);
  }
}
