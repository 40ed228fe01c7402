import type { Access } from './access.ts';
import { newestHead } from './queries.ts';
import type { Use } from './scan.ts';

const SHORTEST_PAUSE = 25;
const LONGEST_PAUSE = 200;

/** Waiting for entries: woken by commits of this store object, and looking for those of others. */
export class Growth {
  readonly #waiting = new Set<() => void>();

  /** Wakes whoever waits, after a commit or at the end. */
  announce(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves when there are more than `size` entries or the signal aborts. */
  async wait(access: Access, use: Use, size: number, signal: AbortSignal | undefined): Promise<void> {
    let pause = SHORTEST_PAUSE;
    let seen: string | undefined;
    while (signal?.aborted !== true) {
      const version = await use(() => access.version());
      if (version !== seen) {
        if ((await use((connection) => newestHead(connection)?.size ?? 0)) > size) return;
        seen = version;
        pause = SHORTEST_PAUSE;
      }
      // SQLite counts the commits of other connections only: a call to wake means look again.
      if (await this.#pause(pause, signal)) seen = undefined;
      pause = Math.min(LONGEST_PAUSE, pause * 1.5);
    }
  }

  /** Whether it was woken before the time was over. */
  #pause(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (woken: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve(woken);
      };
      const wake = () => end(true);
      const timer = setTimeout(() => end(false), milliseconds);
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}
