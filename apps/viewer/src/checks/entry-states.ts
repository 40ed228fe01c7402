import type { EntryState } from './checks.ts';
import type { PrunedRange } from './integrity-state.ts';
import type { Notice, NoticeCode } from './notice.ts';
import { rangeOf } from './uncovered.ts';

/** What these say is about the entry named and every later one. */
const FROM_HERE: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'root-mismatch',
  'forked',
  'signature-bad',
  'signature-unknown',
  'key-retired',
  'unsigned-tail',
  'genesis-missing',
  'genesis-origin',
]);

/** What these say is not about entries: the index is never shown, and a memory is none of the log's. */
const BESIDE: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'index-differs',
  'log-gone',
  'memory-damaged',
  'truncated',
]);

/** What is known of single entries, from all that was found. */
export class EntryStates {
  readonly #failed: ReadonlySet<number>;
  readonly #failedFrom: number;
  /** Something is wrong, and nobody knows with which entry. */
  readonly #somewhere: boolean;
  readonly #size: number;
  readonly #pruned: readonly PrunedRange[];

  /** @param size entries below it were found good */
  constructor(findings: readonly Notice[], size: number, pruned: readonly PrunedRange[]) {
    const about = findings.filter(({ code }) => !BESIDE.has(code));
    const from = about.filter(({ code }) => FROM_HERE.has(code)).map(({ index }) => index ?? 0);
    const single = about.filter(({ code }) => !FROM_HERE.has(code)).map(({ index }) => index);
    this.#failed = new Set(single.filter((index) => index !== undefined));
    this.#failedFrom = Math.min(...from, Number.POSITIVE_INFINITY);
    this.#somewhere = single.includes(undefined);
    this.#size = size;
    this.#pruned = pruned;
  }

  stateOf(index: number): EntryState {
    if (this.#failed.has(index) || index >= this.#failedFrom) return 'failed';
    if (index >= this.#size || this.#somewhere) return 'pending';
    return rangeOf(index, this.#pruned) === undefined ? 'verified' : 'pruned';
  }
}
