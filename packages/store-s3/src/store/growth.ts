import { setTimeout as sleep } from 'node:timers/promises';

const LOCAL_PAUSE = 50;

/** How a store sees that its log has grown. */
export interface Sizes {
  /** As this machine knows it, at no cost. */
  local(): number;
  /** As the bucket says it. */
  remote(): Promise<number>;
}

/** Waiting for entries: woken by commits of this store object, looking often at what this machine knows and seldom at the bucket. */
export class Growth {
  readonly #waiting = new Set<AbortController>();

  /** Wakes whoever waits, after a commit or at the end. */
  announce(): void {
    for (const wake of this.#waiting) wake.abort();
  }

  /** Resolves when there are more than `size` entries or the signal aborts. */
  async wait(sizes: Sizes, pollMs: number, size: number, signal: AbortSignal | undefined): Promise<void> {
    let asked = Number.NEGATIVE_INFINITY;
    while (signal?.aborted !== true) {
      if (sizes.local() > size) return;
      if (performance.now() - asked >= pollMs) {
        if ((await sizes.remote()) > size) return;
        asked = performance.now();
      }
      await this.#pause(Math.min(LOCAL_PAUSE, pollMs), signal);
    }
  }

  async #pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const wake = new AbortController();
    this.#waiting.add(wake);
    const signals = signal === undefined ? wake.signal : AbortSignal.any([wake.signal, signal]);
    try {
      await sleep(milliseconds, undefined, { signal: signals }).catch(() => undefined);
    } finally {
      this.#waiting.delete(wake);
    }
  }
}
