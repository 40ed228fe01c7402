import type { EntryIndex } from '@zegel/core';
import type Database from 'better-sqlite3';
import { followLog } from './follow/follow.ts';
import type { Haste } from './follow/haste.ts';
import type { Indexer } from './follow/indexer.ts';
import type { OpenIndexOptions } from './open-index.ts';
import { type Plan, planQuery } from './query/plan.ts';
import { visitBasis } from './search/basis.ts';
import { countFacets, FacetCounter, type FacetName, type Facets } from './search/facets.ts';
import { type Fetched, fetchHits } from './search/fetch.ts';
import { BarCounter, countBars, type Histogram } from './search/histogram.ts';
import { type Page, takePage } from './search/page.ts';
import { findIds, resolvePlan } from './search/resolve.ts';
import { type SegmentHits, searchSegments, TermCache, type Window } from './search/session.ts';
import { type IndexStats, readStats } from './search/stats.ts';
import { DamagedChunk } from './segment/damaged.ts';
import { isDamage } from './store/database.ts';
import { IndexError } from './store/index-error.ts';
import type { SegmentTable } from './store/segments.ts';
import { readState } from './store/state.ts';
import type { Terms } from './segment/terms.ts';

/** A query as text (`parseQuery`) or made ready (`planQuery`). */
export type Asked = string | Plan;

/** Which hits to list. */
export interface PageOptions {
  /** At most so many, from 1. Default 50. */
  readonly limit?: number | undefined;
  /** Only entries below this index: the last one of the page before. */
  readonly below?: number | undefined;
  /** Only entries above this index, those nearest to it: the page before the one that begins with it. */
  readonly above?: number | undefined;
  /** Count all hits between the bounds as well. */
  readonly total?: boolean | undefined;
}

/** The derived index of a log. It tells where to look; what is shown comes from the log (`fetch`). */
export class SearchIndex {
  readonly #db: Database.Database;
  readonly #table: SegmentTable;
  readonly #indexer: Indexer | undefined;
  readonly #options: OpenIndexOptions;
  readonly #terms = new TermCache();

  /** Not to be called directly: see `openIndex`. */
  constructor(
    db: Database.Database,
    table: SegmentTable,
    indexer: Indexer | undefined,
    options: OpenIndexOptions,
  ) {
    this.#db = db;
    this.#table = table;
    this.#indexer = indexer;
    this.#options = options;
  }

  /** Makes a query ready with this index's clock and time zone. @throws QueryError */
  plan(asked: Asked): Plan {
    if (typeof asked !== 'string') return asked;
    const { now = Date.now, timeZone = 'Europe/Amsterdam' } = this.#options;
    return planQuery(asked, { now: now(), timeZone });
  }

  /** Hits, newest first. @throws QueryError, IndexError */
  async search(asked: Asked, { limit = 50, below, above, total = false }: PageOptions = {}): Promise<Page> {
    const wanted = { limit: Math.max(1, Math.floor(limit)), total, rising: above !== undefined };
    return this.#over(asked, { above, below }, (hits) => takePage(hits, wanted));
  }

  /** Number of hits, exact. @throws QueryError, IndexError */
  async count(asked: Asked): Promise<number> {
    return (await this.search(asked, { limit: 1, total: true })).total ?? 0;
  }

  /** Counts of the most frequent values per facet. @throws QueryError, IndexError */
  async facets(
    asked: Asked,
    { names, top = 10 }: { names: readonly FacetName[]; top?: number },
  ): Promise<Facets> {
    return this.#over(asked, {}, (hits, terms) => countFacets(hits, terms, names, top));
  }

  /** Hits over time, in at most `buckets` bars. @throws QueryError, IndexError */
  async histogram(
    asked: Asked,
    { buckets, timeZone }: { buckets: number; timeZone?: string },
  ): Promise<Histogram> {
    const zone = timeZone ?? this.#options.timeZone ?? 'Europe/Amsterdam';
    return this.#over(asked, {}, (hits) => countBars(hits, buckets, zone));
  }

  /** Facets and histogram of the same hits, for little more than the price of one of them. @throws QueryError, IndexError */
  async overview(
    asked: Asked,
    { names, top = 10, buckets }: { names: readonly FacetName[]; top?: number; buckets: number },
  ): Promise<{ readonly facets: Facets; readonly histogram: Histogram }> {
    const zone = this.#options.timeZone ?? 'Europe/Amsterdam';
    return this.#over(asked, {}, (hits, terms) => {
      const [values, bars] = [new FacetCounter(terms, names), new BarCounter()];
      const basis = visitBasis(hits, (segment) => {
        values.visit(segment);
        bars.visit(segment);
      });
      return { facets: values.facets(basis, top), histogram: bars.histogram(basis, buckets, zone) };
    });
  }

  /** Reads hits from the log and checks each against the query. @throws QueryError */
  async fetch(asked: Asked, indexes: readonly EntryIndex[]): Promise<Fetched> {
    const { log, vault, names, onFetched } = this.#options;
    const fetched = await fetchHits(log, vault, this.plan(asked), indexes, names);
    await onFetched?.(fetched);
    return fetched;
  }

  /** Indexes everything the log has now. Returns the size covered. @throws IndexError INDEX_NEEDS_VAULT, INDEX_DAMAGED */
  async catchUp(signal?: AbortSignal): Promise<number> {
    return this.#writer().catchUp(signal);
  }

  /** Keeps up with the log until the signal aborts; a few times a second, and at once when `haste` is asked for. */
  async follow(
    signal: AbortSignal,
    onCovered: (size: number) => void = () => undefined,
    haste?: Haste,
  ): Promise<void> {
    await followLog(this.#writer(), this.#options.log, signal, onCovered, haste);
  }

  /** Drops everything and indexes the log again. */
  async rebuild(signal?: AbortSignal): Promise<number> {
    this.#writer().restart(readState(this.#db)?.epoch);
    return this.catchUp(signal);
  }

  /**
   * Forgets persons by their 32-byte keys at once. Destroyed handles need no call: the follower takes out what a
   * retention entry names.
   */
  forget(personKeys: readonly Uint8Array[]): void {
    const persons = new Set(personKeys.map((key) => Buffer.from(key).toString('latin1', 0, 8)));
    this.#writer().remove({ persons, handles: new Set(), ranges: [] });
  }

  /** Takes out what retention entries destroyed; `catchUp` does so by itself. */
  sweep(): void {
    this.#writer().sweep();
  }

  stats(): IndexStats {
    return readStats(this.#db, this.#table);
  }

  close(): void {
    this.#db.close();
  }

  #writer(): Indexer {
    if (this.#indexer !== undefined) return this.#indexer;
    throw new IndexError(
      'INDEX_NEEDS_VAULT',
      'this index is open for reading, or holds persons and there is no vault',
    );
  }

  /** Runs a search over one consistent state of the index. One found damaged is made anew first, if it may be written. */
  async #over<T>(
    asked: Asked,
    window: Window,
    read: (hits: Iterable<SegmentHits>, terms: Terms) => T,
  ): Promise<T> {
    const { log, vault, names } = this.#options;
    const plan = this.plan(asked);
    const ids = await findIds(plan, log);
    const run = this.#db.transaction(() => {
      const terms = this.#terms.load(this.#db);
      const sought = resolvePlan(plan, { terms, vault, names, ids });
      return read(searchSegments(this.#table, terms, sought, window), terms);
    });
    try {
      return run();
    } catch (error) {
      if (error instanceof DamagedChunk && this.#indexer !== undefined) {
        await this.rebuild(); // it is derived, and who may write it need not be told
        return run();
      }
      if (!(error instanceof DamagedChunk) && !isDamage(error)) throw error;
      this.#indexer?.condemn();
      throw new IndexError('INDEX_DAMAGED', 'the index is damaged; it is derived and can be rebuilt', {
        cause: error,
      });
    }
  }
}
