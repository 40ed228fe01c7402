import type { StoredEntry } from '@zegel/log';
import { parseBody } from '@zegel/reading';

/** What a review can come to. */
export const REVIEW_RESULTS = ['in-order', 'follow-up'] as const;
/** One of {@link REVIEW_RESULTS}. */
export type ReviewResult = (typeof REVIEW_RESULTS)[number];

/** An entry of kind `review`, or a part of one. */
export interface Review {
  readonly index: number;
  /** ms since 1970, by the log's clock. */
  readonly at: number;
  /** Entries looked at, all below its own index. */
  readonly of: readonly number[];
  readonly result: ReviewResult;
}

/** Reads a review; undefined for any other entry. Whether it is well-formed is for verification to say. */
export function readReview(entry: StoredEntry): Review | undefined {
  const body = parseBody(entry);
  if (body?.['kind'] !== 'review') return undefined;
  const { of, result, recorded } = body;
  const known = REVIEW_RESULTS.find((one) => one === result);
  const at = typeof recorded === 'string' ? Date.parse(recorded) : Number.NaN;
  if (known === undefined || !Array.isArray(of) || Number.isNaN(at)) return undefined;
  const below = of.filter((one): one is number => Number.isSafeInteger(one) && one >= 0 && one < entry.index);
  return { index: entry.index, at, of: below, result: known };
}
