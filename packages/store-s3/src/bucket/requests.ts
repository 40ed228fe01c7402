import { StoreError } from '../store-error.ts';
import { failureOf, isWorthAnother, NeverSent } from './failure.ts';
import type { Outcome } from './object-version.ts';
import { ATTEMPTS, pause } from './patience.ts';
import { type Asked, refusal } from './refusal.ts';
import { ServerClock } from './server-clock.ts';

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
  readonly #begun = new WeakSet<AbortSignal>();
  readonly clock: ServerClock = new ServerClock();

  constructor(bucket: string, timeoutMs: number) {
    this.#bucket = bucket;
    this.#timeoutMs = timeoutMs;
  }

  /** A request with this signal is on its way, or a connection for it. */
  begun(signal: AbortSignal): void {
    this.#begun.add(signal);
  }

  /** Takes in when an answer was given. */
  heard(date: string | undefined, age: string | undefined): void {
    this.clock.heard(date, age);
  }

  /** One attempt; fails with what the SDK throws, as {@link NeverSent} where nothing was tried to send. `bytes` are those to be sent. */
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
    } catch (thrown) {
      throw this.#begun.has(limit.signal) || thrown instanceof StoreError ? thrown : new NeverSent(thrown);
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
        if ((failure.kind !== 'passing' && !isWorthAnother(failure, attempt)) || attempt === ATTEMPTS)
          throw refusal(failure, { bucket: this.#bucket, ...asked });
      }
      await pause(attempt, this.#closed.signal);
    }
  }

  /**
   * A write. It is sent once; where that certainly left nothing, and may go better, several times.
   *
   * @throws StoreError for what certainly left nothing
   */
  async write(
    key: string,
    bytes: number,
    send: (signal: AbortSignal) => Promise<{ readonly VersionId?: string | undefined }>,
  ): Promise<Outcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { VersionId } = await this.once('puts', bytes, send);
        return { kind: 'made', versionId: VersionId };
      } catch (thrown) {
        if (thrown instanceof StoreError) throw thrown;
        const failure = failureOf(thrown);
        if (failure.kind === 'taken') return { kind: 'taken' };
        if (failure.kind === 'passing') return { kind: 'unknown', cause: failure.cause };
        if (this.#closed.signal.aborted) throw closed();
        // A key can't be missing where one is made: with this status the bucket is.
        const known = failure.kind === 'no-key' ? { ...failure, kind: 'no-bucket' as const } : failure;
        if (!isWorthAnother(failure, attempt) || attempt === ATTEMPTS)
          throw refusal(known, { operation: 's3:PutObject', bucket: this.#bucket, key, isWrite: true });
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
