import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { LogError } from '../../errors.ts';
import type { Location } from '../../location.ts';
import { RecentMap } from '../cache.ts';
import { FETCHED, type FetcherSetup, type FetchRequest } from './fetcher-protocol.ts';

/** Milliseconds that a reader of persons stands still at most while nothing comes. */
const PATIENCE = 15_000;
/** Numbers of handles that are gone for good, remembered. */
const GONE = 50_000;

/** A thread at work. Its state is its own: one that was given up may still answer, and must answer nobody. */
interface Running {
  readonly worker: Worker;
  readonly reasons: MessagePort;
  readonly state: Int32Array;
}

/** Fetches handles that this machine's vault does not have yet, while the caller's thread waits. */
export class HandleFetcher {
  readonly #place: Pick<FetcherSetup, 'location' | 'kek'>;
  readonly #gone = new RecentMap<true>(GONE);
  #running: Running | undefined;

  constructor(location: Location, kek: Uint8Array) {
    this.#place = { location, kek };
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
    if (this.#ask(Uint8Array.from(number)) === FETCHED.taken) return true;
    this.#gone.set([name], true);
    return false;
  }

  /** Brings every handle that the log's vault has, and takes those that are gone there. @throws LogError `VAULT_BUSY` */
  fetchAll(): void {
    this.#ask('all');
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.reasons.close();
    await running?.worker.terminate();
  }

  #ask(request: FetchRequest): number {
    const { worker, reasons, state } = this.#thread();
    Atomics.store(state, 0, FETCHED.waiting);
    worker.postMessage(request);
    let progress: number;
    do progress = Atomics.load(state, 1);
    while (
      Atomics.wait(state, 0, FETCHED.waiting, PATIENCE) === 'timed-out' &&
      Atomics.load(state, 1) !== progress
    );
    const result = Atomics.load(state, 0);
    if (result === FETCHED.taken || result === FETCHED.none) return result;
    const reason = receiveMessageOnPort(reasons)?.message as string | undefined;
    void this.close();
    throw new LogError(
      'VAULT_BUSY',
      `the place of the log's vault can't be reached: ${reason ?? 'no answer'}`,
    );
  }

  #thread(): Running {
    if (this.#running !== undefined) return this.#running;
    const { port1, port2 } = new MessageChannel();
    const state = new SharedArrayBuffer(8);
    const workerData: FetcherSetup = { ...this.#place, state, reasons: port2 };
    const worker = new Worker(new URL('./fetch-worker.js', import.meta.url), {
      workerData,
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    worker.on('error', () => undefined); // whoever waits hears nothing in time
    this.#running = { worker, reasons: port1, state: new Int32Array(state) };
    return this.#running;
  }
}
