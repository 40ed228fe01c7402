import { type Review, readReview, type ReviewResult } from './review.ts';
import { entriesOfKind, type ReviewSource } from './review-source.ts';
import { SparseBits } from './sparse-bits.ts';

/** Days after which something to follow up is overdue. */
export const OVERDUE_DAYS = 30;
const DAY = 86_400_000;

/** An entry that somebody marked to be followed up, and nobody found in order since. */
export interface OpenItem {
  readonly index: number;
  /** ms: since when. */
  readonly since: number;
  /** Entry of the first review that asked for it. */
  readonly review: number;
}

/** How an entry stands. */
export type ReviewState = 'unseen' | 'in-order' | 'follow-up';

/** One review of one entry. */
export interface ReviewMark {
  readonly review: number;
  readonly at: number;
  readonly result: ReviewResult;
}

/**
 * What is under review, as the log's own entries tell it; kept in memory and brought up to date by the newest entries alone.
 * Holds the open items, a bit per reviewed entry and three numbers per review.
 */
export class ReviewBook {
  #known = 0;
  #busy: Promise<void> = Promise.resolve();
  readonly #seen = new SparseBits();
  readonly #open = new Map<number, OpenItem>();
  readonly #reviews: { readonly index: number; readonly low: number; readonly high: number }[] = [];

  /** Reads what was appended since. Calls that overlap share the work. @throws IndexError; what the log throws */
  async refresh(source: ReviewSource): Promise<this> {
    const turn = this.#busy.then(() => this.#read(source));
    this.#busy = turn.catch(() => undefined); // told to whom it concerns; the next one tries again
    await turn;
    return this;
  }

  /** What is to be followed up, the longest open first. */
  open(): readonly OpenItem[] {
    return [...this.#open.values()].sort((a, b) => a.since - b.since || a.index - b.index);
  }

  /** Open items that have been so for longer than some days. */
  overdue(now: number, days: number = OVERDUE_DAYS): readonly OpenItem[] {
    return this.open().filter(({ since }) => now - since > days * DAY);
  }

  stateOf(index: number): ReviewState {
    if (this.#open.has(index)) return 'follow-up';
    return this.#seen.has(index) ? 'in-order' : 'unseen';
  }

  /** Number of reviews; a review in parts counts as many. */
  get reviews(): number {
    return this.#reviews.length;
  }

  /** Every review of one entry, the newest first. Who did it stands in the review's entry. */
  async reviewsOf({ log }: Pick<ReviewSource, 'log'>, index: number): Promise<readonly ReviewMark[]> {
    if (!this.#seen.has(index)) return [];
    const found: ReviewMark[] = [];
    for (const { index: review, low, high } of this.#reviews.toReversed()) {
      if (index < low || index > high) continue;
      for await (const [entry] of log.read(review, review + 1)) {
        const read = entry && readReview(entry);
        if (read?.of.includes(index) === true) found.push({ review, at: read.at, result: read.result });
      }
    }
    return found;
  }

  async #read(source: ReviewSource): Promise<void> {
    for await (const { entries, below } of entriesOfKind(source, 'review', this.#known)) {
      for (const entry of entries) {
        const review = entry.index >= this.#known ? readReview(entry) : undefined;
        if (review !== undefined) this.#take(review);
        this.#known = Math.max(this.#known, entry.index + 1);
      }
      this.#known = Math.max(this.#known, below);
    }
  }

  #take({ index: review, at, of, result }: Review): void {
    let low = Number.POSITIVE_INFINITY;
    let high = -1;
    for (const index of of) {
      low = Math.min(low, index);
      high = Math.max(high, index);
      this.#seen.add(index);
      if (result === 'in-order') this.#open.delete(index);
      else if (!this.#open.has(index)) this.#open.set(index, { index, since: at, review });
    }
    if (high >= 0) this.#reviews.push({ index: review, low, high });
  }
}
