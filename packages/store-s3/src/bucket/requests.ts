import { StoreError } from '../store-error.ts';
import { failureOf } from './failure.ts';
import { ATTEMPTS, pause } from './patience.ts';
import { type Asked, refusal } from './refusal.ts';

/** Requests by what they cost: writes and removals, reads of one object, listings. */
export interface Counts {
  readonly puts: number;
  readonly gets: number;
  readonly lists: number;
}

// Time that a line of 2 Mbit/s takes for a body, on top of the time-out.
const BYTES_PER_MS = 256;

// Timers take no more than about 24 days.
const LONGEST = 86_400_000;

/** An attempt. `expect` begins the time anew, once it is known that so many bytes are still to come. */
type Send<T> = (signal: AbortSignal, expect: (bytes: number) => void) => Promise<T>;

/** Sends the requests of one bucket: counted, bounded in time, repeated where that can do no harm. */
export class Requests {
  readonly counts: Record<keyof Counts, number> = { puts: 0, gets: 0, lists: 0 };
  readonly #bucket: string;
  readonly #timeoutMs: number;
  readonly #closed = new AbortController();
  #skewMs: number | undefined;

  constructor(bucket: string, timeoutMs: number) {
    this.#bucket = bucket;
    this.#timeoutMs = timeoutMs;
  }

  get skewMs(): number | undefined {
    return this.#skewMs;
  }

  /** Takes in the `Date` of an answer, which has whole seconds. */
  heard(date: Date): void {
    this.#skewMs = date.getTime() + 500 - Date.now();
  }

  /** One attempt; fails with what the SDK throws. `bytes` are those to be sent. */
  async once<T>(count: keyof Counts, bytes: number, send: Send<T>): Promise<T> {
    if (this.#closed.signal.aborted) throw closed();
    this.counts[count]++;
    const limit = new AbortController();
    const abort = (): void => limit.abort();
    const allow = (more: number): NodeJS.Timeout =>
      setTimeout(abort, this.#timeoutMs + Math.min(more / BYTES_PER_MS, LONGEST));
    let timer = allow(bytes);
    const expect = (more: number): void => {
      clearTimeout(timer);
      timer = allow(more);
    };
    this.#closed.signal.addEventListener('abort', abort, { once: true });
    try {
      return await send(limit.signal, expect);
    } finally {
      clearTimeout(timer);
      this.#closed.signal.removeEventListener('abort', abort);
    }
  }

  /** A request whose repetition changes nothing: several attempts. @throws StoreError */
  async read<T>(count: keyof Counts, asked: Omit<Asked, 'bucket'>, send: Send<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(count, 0, send);
      } catch (thrown) {
        if (thrown instanceof StoreError) throw thrown;
        if (this.#closed.signal.aborted) throw closed();
        const failure = failureOf(thrown);
        if (failure.kind !== 'passing' || attempt === ATTEMPTS)
          throw refusal(failure, { bucket: this.#bucket, ...asked });
      }
      await pause(attempt, this.#closed.signal);
    }
  }

  /** From now on nothing is sent. */
  close(): void {
    this.#closed.abort();
  }
}

function closed(): StoreError {
  return new StoreError('STORE_CLOSED', 'the store is closed');
}
