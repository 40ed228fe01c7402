import type { Plan } from '@zegel/search';
import type { Searched } from '../logs/searching.ts';
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

  /**
   * How the result of a query is made up, as it was at most five seconds ago; as it is now where fewer hits were counted
   * than `listed`, which somebody is about to see.
   */
  async of(query: string, searched: Searched, plan: Plan, listed: number): Promise<Overview> {
    const kept = this.#kept.get(query);
    if (kept !== undefined && this.#now() - kept.made < FRESH) {
      const overview = await kept.overview;
      if (overview.facets.basis.hits >= listed) return overview;
    }
    return this.#make(query, searched, plan);
  }

  #make(query: string, { log, index }: Searched, plan: Plan): Promise<Overview> {
    const made = { made: this.#now(), overview: overviewOf(log, index, plan) };
    for (const [each, { made: at }] of this.#kept) if (this.#now() - at >= FRESH) this.#kept.delete(each);
    this.#kept.delete(query);
    this.#kept.set(query, made);
    made.overview.catch(() => this.#kept.delete(query));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    return made.overview;
  }
}
