import { ZegelError } from '@zegel/core';
import { QUALIFIERS } from './qualifiers.ts';
import type { QueryReason } from './query-reason.ts';

/** How it is said in English; `detail` is what a reason is about. */
const MESSAGES: Readonly<Record<QueryReason, (detail: string) => string>> = {
  'too-long': (most) => `a query has at most ${most} characters`,
  'too-many-conditions': (most) => `a query has at most ${most} conditions`,
  'too-many-values': (most) => `at most ${most} values`,
  'nothing-negated': () => 'nothing follows the "-"',
  'nothing-quoted': () => 'nothing stands between these quotes',
  'negated-twice': () => 'one "-" negates; put quotes around a word that starts with it',
  'quote-open': () => 'this quote is not closed',
  'quote-escape': () => 'inside quotes a backslash stands before " or \\ only',
  'not-a-qualifier': (name) =>
    `"${name}:" is not a qualifier; quote it as a word or use one of ${[...QUALIFIERS.keys()].join(', ')}`,
  'value-missing': (name) => `"${name}:" needs a value here`,
  'value-not-in-set': (members) => `expected one of ${members}`,
  'value-not-key': () => 'expected a key of the register (small letters, digits, "-")',
  'value-not-name': () => 'expected a name (small letters, digits, ".", "_", "-")',
  'value-not-uuid': () => 'expected the id of an entry (a UUID)',
  'value-not-person': (kinds) =>
    `expected a person as TYPE:ID or ~ with 16 hexadecimal digits${kinds === '' ? '' : `, or one of ${kinds}`}`,
  'value-not-text': (most) => `expected 1 to ${most} bytes of text`,
  'value-not-day': () => 'expected a day such as 2026-11-22',
  'value-not-time': () =>
    'expected a day (2026-11-22), a time (2026-11-22T09:00Z) or a span such as 7d, 24h, 30m, 2w',
  'value-not-index': () => 'expected an index such as 7, >=7, <7 or 7..9',
  'index-too-large': () => 'this index is too large',
  'zone-unknown': (zone) => `"${zone}" is not a known time zone`,
};

/** A query that can't be read. `position` and `length` (UTF-16 code units) point at the culprit. */
export class QueryError extends ZegelError {
  override readonly name = 'QueryError';
  readonly code = 'QUERY_INVALID' as const;
  readonly reason: QueryReason;
  /** What the reason is about: a name that was given, what would have been taken, or a limit; else empty. */
  readonly detail: string;
  /** Offset of the first character concerned, from 0. */
  readonly position: number;
  /** Number of characters concerned, at least 1. */
  readonly length: number;

  constructor(reason: QueryReason, position: number, length: number, detail = '') {
    super(`${MESSAGES[reason](detail)} (at character ${position + 1})`);
    this.reason = reason;
    this.detail = detail;
    this.position = position;
    this.length = Math.max(1, length);
  }
}
