import type { Log } from '@zegel/log';
import type { Plan, SearchIndex } from '@zegel/search';
import { type Overview, overviewOf } from './overview.ts';

interface Kept {
  readonly made: number;
  readonly overview: Promise<Overview>;
}

/** Queries whose overview is kept. */
const MOST = 64;
/** Milliseconds for which an overview may lack what came since: counts, never rows. */
const FRESH = 5000;

/** Keeps overviews for a while: pages of one result, and people who look at the same, need them once. */
export class Overviews {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How the result of a query is made up; as it was at most five seconds ago. */
  of(
    query: string,
    { log, index }: { readonly log: Log; readonly index: SearchIndex },
    plan: Plan,
  ): Promise<Overview> {
    const kept = this.#kept.get(query);
    const age = kept === undefined ? Number.POSITIVE_INFINITY : this.#now() - kept.made;
    if (kept !== undefined && age < FRESH) return kept.overview;
    const made = { made: this.#now(), overview: overviewOf(log, index, plan) };
    for (const [each, { made: at }] of this.#kept) if (this.#now() - at >= FRESH) this.#kept.delete(each);
    this.#kept.set(query, made);
    made.overview.catch(() => this.#kept.delete(query));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    return made.overview;
  }
}
