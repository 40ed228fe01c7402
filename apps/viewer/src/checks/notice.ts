import type { FindingCode } from '@zegel/core';

/** What a check can say beyond the findings of verification: the log is not there, or what was remembered of it is not. */
export type NoticeCode = FindingCode | 'log-gone' | 'memory-damaged';

/** One thing that a check found. */
export interface Notice {
  readonly code: NoticeCode;
  /** First entry concerned. */
  readonly index?: number;
  readonly message: string;
}

/** Findings kept in memory. */
export const MOST_NOTICES = 200;

/** What can be met half done, between an entry that destroys or prunes and what follows it: looked at again before it counts. */
const PASSING: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'mention-unopened',
  'handle-unknown',
  'handle-undead',
  'handle-reused',
  'commitment-wrong',
  'index-differs',
  'body-missing',
  'id-table',
]);

/** Whether a failure of this code counts only when it is still there a moment later. */
export function isPassing(code: NoticeCode): boolean {
  return PASSING.has(code);
}

/** A list without repeats, of at most `most`; what was there before comes first. */
export function joinNotices(
  before: readonly Notice[],
  more: readonly Notice[],
  most: number,
): readonly Notice[] {
  const seen = new Map<string, Notice>();
  for (const notice of [...before, ...more]) {
    const key = `${notice.code} ${notice.index ?? ''}`;
    if (!seen.has(key)) seen.set(key, notice);
    if (seen.size >= most) break;
  }
  return [...seen.values()];
}
