import { setTimeout as sleep } from 'node:timers/promises';

const LOCAL_PAUSE = 50;
/** The bucket is looked at this much more seldom, at most, and not more seldom than this, while nothing comes. */
const SELDOM = 10;
const LONGEST_MS = 10_000;
/** Each pause is this share of the time for which nothing has come. */
const SHARE = 1 / 4;

/** How a store sees that its log has grown. */
export interface Sizes {
  /** As this machine knows it, at no cost. */
  local(): number;
  /** As the bucket says it. */
  remote(): Promise<number>;
}

/** How time goes by. */
export interface Time {
  /** Milliseconds. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const REAL: Time = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
};

/**
 * Waiting for entries: woken by commits of this store object, looking often at what this machine knows and seldom at the bucket, which
 * is dear. All who wait share one look. It is looked at every `pollMs` while entries come, from wherever, and ever more seldom while
 * none do.
 */
export class Growth {
  readonly #pollMs: number;
  readonly #time: Time;
  readonly #waiting = new Set<AbortController>();
  #size = 0;
  #grewAt: number;
  #asked = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(pollMs: number, time: Time = REAL) {
    this.#pollMs = pollMs;
    this.#time = time;
    this.#grewAt = time.now();
  }

  /** Wakes whoever waits, after a commit or at the end. */
  announce(): void {
    for (const wake of this.#waiting) wake.abort();
  }

  /** Resolves when there are more than `size` entries or the signal aborts. */
  async wait(sizes: Sizes, size: number, signal: AbortSignal | undefined): Promise<void> {
    while (signal?.aborted !== true) {
      const known = sizes.local();
      this.#heard(known);
      if (known > size) return;
      if (this.#time.now() - this.#asked >= this.#interval()) {
        await this.#ask(sizes);
        if (this.#size > size) return;
      }
      await this.#pause(Math.min(LOCAL_PAUSE, this.#pollMs), signal);
    }
  }

  /** Milliseconds between two looks at the bucket. */
  #interval(): number {
    const longest = Math.max(this.#pollMs, Math.min(SELDOM * this.#pollMs, LONGEST_MS));
    return Math.min(longest, Math.max(this.#pollMs, SHARE * (this.#time.now() - this.#grewAt)));
  }

  /** Looks at the bucket, once for all who wait. */
  #ask(sizes: Sizes): Promise<void> {
    this.#asking ??= sizes
      .remote()
      .then((size) => this.#heard(size))
      .finally(() => {
        this.#asked = this.#time.now();
        this.#asking = undefined;
      });
    return this.#asking;
  }

  #heard(size: number): void {
    if (size <= this.#size) return;
    this.#size = size;
    this.#grewAt = this.#time.now();
  }

  async #pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const wake = new AbortController();
    this.#waiting.add(wake);
    const signals = signal === undefined ? wake.signal : AbortSignal.any([wake.signal, signal]);
    try {
      await this.#time.sleep(milliseconds, signals);
    } finally {
      this.#waiting.delete(wake);
    }
  }
}
