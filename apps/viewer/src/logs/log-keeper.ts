import { LogError, type Log, type StoreFailure } from '@zegel/log';
import { HttpError } from '../http/http-error.ts';

/** Seconds after which a client may try again. */
const RETRY_AFTER = 5;

/** After these the open log is of no use any more, and another opening may be. */
const GONE: ReadonlySet<string> = new Set(['LOG_FAILED', 'LOG_CLOSED', 'STORE_NOT_FOUND', 'VAULT_MISSING']);

/** An open log that is opened again when it breaks. */
export class LogKeeper {
  readonly #open: () => Promise<Log>;
  #log: Promise<Log> | undefined;
  #closed = false;

  /** @param log opened already; @param open opens it again */
  constructor(log: Log, open: () => Promise<Log>) {
    this.#log = Promise.resolve(log);
    this.#open = open;
  }

  /**
   * Does something with the log.
   *
   * @throws HttpError `LOG_UNAVAILABLE` when the log can't be opened, written or read; what `work` throws otherwise
   */
  async use<T>(work: (log: Log) => Promise<T>): Promise<T> {
    let opening: Promise<Log> | undefined;
    try {
      opening = this.#opening();
      return await work(await opening);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      if (GONE.has(error.code)) this.#forget(opening);
      throw new HttpError('LOG_UNAVAILABLE', `the log can't be used now: ${error.code}`, {
        headers: { 'retry-after': String(RETRY_AFTER) },
        cause: error,
      });
    }
  }

  /** Closes the log. Whatever is under way ends first. */
  async close(): Promise<void> {
    this.#closed = true;
    const log = await this.#log?.catch(() => undefined); // one that could not be opened needs no closing
    this.#log = undefined;
    await log?.close();
  }

  #opening(): Promise<Log> {
    if (this.#closed) throw new LogError('LOG_CLOSED', 'the collector is stopping');
    if (this.#log === undefined) {
      const opening = this.#open();
      opening.catch(() => this.#forget(opening));
      this.#log = opening;
    }
    return this.#log;
  }

  /** The next request opens the log again. Another may have had it opened again already. */
  #forget(gone: Promise<Log> | undefined): void {
    if (gone === undefined || gone !== this.#log) return;
    this.#log = undefined;
    gone.then((log) => log.close()).catch(() => undefined); // told already
  }
}

function isUnavailable(error: unknown): error is LogError | StoreFailure {
  if (error instanceof LogError) return error.code !== 'ID_CONFLICT';
  return error instanceof Error && 'code' in error && String(error.code).startsWith('STORE_');
}
