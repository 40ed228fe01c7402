import type { LogChecks } from './log-checks.ts';
import { TouchWatch } from './touch-watch.ts';

/** When checks are done. */
export interface CheckTimerOptions {
  /** Milliseconds between the ends of rounds. */
  readonly every: number;
  /** The log's folder, whose files are watched; undefined where its entries are elsewhere. */
  readonly dir: string | undefined;
  /** Entries in the log now. */
  readonly size: () => Promise<number>;
  /** Milliseconds between two looks at the files from outside. Default 2000. */
  readonly watch?: number;
  readonly now?: () => number;
}

const DAY = 86_400_000;
const WATCH = 2000;
/** A check may take at most a fifth of the time. */
const REST = 4;

/**
 * Has a log checked: a round at once and then regularly, everything once a day, and everything as soon as something is found.
 * Where the files were written to without the log growing, the next round comes at once and hashes every body.
 */
export class CheckTimer {
  readonly #checks: LogChecks;
  readonly #options: CheckTimerOptions;
  readonly #watch: TouchWatch | undefined;
  readonly #unlisten: () => void;
  #wake: () => void = () => undefined;
  #stopped = false;
  #touched = false;
  #rounds = 0;
  /** When everything was looked at last, or that was tried; ms since 1970. */
  #tried = Number.NEGATIVE_INFINITY;
  readonly #loop: Promise<void>;

  constructor(checks: LogChecks, options: CheckTimerOptions) {
    this.#checks = checks;
    this.#options = options;
    const { dir, size, watch = WATCH } = options;
    const touched = (): void => {
      this.#touched = true;
      this.#wake();
    };
    this.#watch = dir === undefined ? undefined : new TouchWatch(dir, watch, size, touched);
    this.#unlisten = checks.onChange(() => {
      if (this.#isSuspect()) this.#wake();
    });
    this.#loop = this.#run();
  }

  /** Ends the check under way, and there are no more. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#watch?.close();
    this.#unlisten();
    await this.#checks.close();
    this.#wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const kind = this.#due();
      const touched = this.#touched;
      this.#touched = false;
      const { took } = await this.#checks.run(kind, {
        ...(touched && { budget: Number.POSITIVE_INFINITY }),
        urgent: touched || this.#isSuspect(),
      });
      this.#rounds++;
      if (kind === 'full') this.#tried = this.#now();
      await this.#rest(Math.max(this.#options.every, took * REST));
    }
  }

  #due(): 'full' | 'round' {
    if (!this.#checks.memory.hasHeads || this.#isSuspect()) return 'full';
    const { lastFull } = this.#checks.details;
    // After a start the round comes first: what is new is looked at soon.
    const late = lastFull === undefined || Date.parse(lastFull.at) + DAY < this.#now();
    return late && this.#rounds > 0 ? 'full' : 'round';
  }

  /** Something was found, and nobody has looked at everything since. */
  #isSuspect(): boolean {
    const { status, since, lastFull } = this.#checks.details;
    const looked = Math.max(this.#tried, lastFull === undefined ? this.#tried : Date.parse(lastFull.at));
    return status === 'failed' && looked < since;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #rest(ms: number): Promise<void> {
    if (this.#stopped || this.#touched || this.#isSuspect()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }
}
