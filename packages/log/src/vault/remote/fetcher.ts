import { Worker } from 'node:worker_threads';
import { LogError } from '../../errors.ts';
import type { Location } from '../../location.ts';
import { RecentMap } from '../cache.ts';
import { FETCHED, type FetcherSetup } from './fetcher-protocol.ts';

/** Milliseconds that a reader of persons stands still at most. */
const PATIENCE = 15_000;
/** Numbers of handles that are gone for good, remembered. */
const GONE = 50_000;

/** Fetches handles that this machine's vault does not have yet, while the caller's thread waits. */
export class HandleFetcher {
  readonly #setup: FetcherSetup;
  readonly #state: Int32Array;
  readonly #gone = new RecentMap<true>(GONE);
  #worker: Worker | undefined;

  constructor(location: Location, kek: Uint8Array) {
    const state = new SharedArrayBuffer(4);
    this.#setup = { location, kek, state };
    this.#state = new Int32Array(state);
  }

  /**
   * Whether the handle is in this machine's vault now. One that was not there once never comes: it is durable before an
   * entry names it.
   *
   * @throws LogError `VAULT_BUSY` when the place of the vault can't be reached
   */
  fetch(number: Uint8Array): boolean {
    const name = Buffer.from(number.buffer, number.byteOffset, number.length).toString('latin1');
    if (this.#gone.get([name]) === true) return false;
    Atomics.store(this.#state, 0, FETCHED.waiting);
    this.#thread().postMessage(Uint8Array.from(number));
    Atomics.wait(this.#state, 0, FETCHED.waiting, PATIENCE);
    const result = Atomics.load(this.#state, 0);
    if (result === FETCHED.taken) return true;
    if (result === FETCHED.none) {
      this.#gone.set([name], true);
      return false;
    }
    void this.close();
    throw new LogError('VAULT_BUSY', "the place of the log's vault can't be reached");
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: this.#setup });
    worker.unref();
    worker.on('error', () => undefined); // whoever waits hears nothing in time
    this.#worker = worker;
    return worker;
  }
}
