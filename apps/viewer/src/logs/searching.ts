import { join } from 'node:path';
import { activityNames } from '@zegel/reading';
import { type Log, parseLocation } from '@zegel/log';
import {
  IndexError,
  indexVault,
  openIndex,
  type RunningIndexer,
  type SearchIndex,
  startIndexer,
} from '@zegel/search';
import type { Integrity } from '../checks/integrity.ts';
import { HttpError } from '../http/http-error.ts';
import type { LogKeeper } from './log-keeper.ts';

/** Milliseconds that a request waits for the index to cover what was in the log when it came. */
const PATIENCE = 2000;
/** The same for the first request, while the index may still have to be made. */
const FIRST = 10_000;
/** Seconds after which somebody who came too early may try again. */
const RETRY_AFTER = 5;

/** A log and its index, both open. */
export interface Searched {
  readonly log: Log;
  readonly index: SearchIndex;
  /** Entries below this are covered. */
  readonly covered: number;
}

/** Whose index it is. */
export interface SearchingOptions {
  /** The log: a folder or a URL. */
  readonly log: string;
  readonly keys: string | undefined;
  /** Looks at every hit before it is shown. */
  readonly integrity: Pick<Integrity, 'seen' | 'tell'>;
}

/** The index of the log that is served: a thread keeps it up, requests read it. */
export class Searching {
  readonly #logs: LogKeeper;
  readonly #log: string;
  readonly #keys: string | undefined;
  readonly #integrity: SearchingOptions['integrity'];
  #indexer: RunningIndexer | undefined;
  #open: { readonly log: Log; readonly index: Promise<SearchIndex> } | undefined;

  constructor(logs: LogKeeper, { log, keys, integrity }: SearchingOptions) {
    this.#logs = logs;
    this.#log = log;
    this.#keys = keys;
    this.#integrity = integrity;
  }

  /**
   * Does something with the log and its index, once the index covers what the log has now, or after two seconds.
   *
   * @throws HttpError `LOG_UNAVAILABLE`, also while the index is being made
   */
  async use<T>(work: (searched: Searched) => Promise<T>): Promise<T> {
    return this.#logs.use(async (log) => {
      const covered = await this.#reach(await log.size());
      try {
        return await work({ log, index: await this.#indexOf(log), covered });
      } catch (error) {
        // The thread makes it anew; whoever asks next gets that one.
        if (!(error instanceof IndexError)) throw error;
        await this.#forget();
        throw new HttpError('LOG_UNAVAILABLE', `the index can't be used yet: ${error.code}`, {
          ...{ headers: { 'retry-after': String(RETRY_AFTER) }, cause: error },
        });
      }
    });
  }

  /** Entries that the index covers now; undefined before anybody searched. */
  get covered(): number | undefined {
    return this.#indexer?.covered;
  }

  async close(): Promise<void> {
    await this.#forget();
    const indexer = this.#indexer;
    this.#indexer = undefined;
    await indexer?.stop().catch(() => undefined);
  }

  async #reach(size: number): Promise<number> {
    const indexer = (this.#indexer ??= startIndexer({ log: this.#log, keys: this.#keys }));
    if (indexer.covered >= size) return indexer.covered;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, indexer.covered === 0 ? FIRST : PATIENCE);
    });
    try {
      await Promise.race([indexer.reached(size), late]);
    } catch (error) {
      this.#indexer = undefined; // it ended; the next request starts another
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return indexer.covered;
  }

  #indexOf(log: Log): Promise<SearchIndex> {
    if (this.#open?.log === log) return this.#open.index;
    void this.#forget();
    const index = openIndex({
      ...{
        path: join(parseLocation(this.#log).dir, 'index.db'),
        log,
        vault: indexVault(log.vault, log.origin),
        mode: 'read',
      },
      names: activityNames(log.register),
      timeZone: log.register.timeZone,
      // Whatever leads to a page, an export or an answer comes through here.
      onFetched: async ({ entries, findings }) => {
        this.#integrity.tell(findings);
        await this.#integrity.seen(entries);
      },
    });
    this.#open = { log, index };
    index.catch(() => this.#forget());
    return index;
  }

  async #forget(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    (await open?.index.catch(() => undefined))?.close();
  }
}
