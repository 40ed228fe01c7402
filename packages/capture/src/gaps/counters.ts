import { existsSync } from 'node:fs';
import { CaptureError } from '../errors.ts';
import type { OnProblem } from '../problem.ts';
import { Chaining, type ChainingParts } from './chaining.ts';
import { CounterFile, counterPath, type Missed } from './counter-file.ts';

/** What counting needs. */
export interface CounterParts extends Omit<ChainingParts, 'file'> {
  readonly folder: string;
  readonly activities: readonly string[];
  /** Opens the file at once instead of at the first count. */
  readonly eager: boolean;
}

/** Milliseconds between tries to chain what is open. */
const EVERY = 2000;

/**
 * Counts what went unlogged, durably, and chains it when the log is back. Counts of one turn of the event loop are written
 * together.
 */
export class Counters {
  readonly #parts: CounterParts;
  readonly #timer: NodeJS.Timeout;
  readonly #report: OnProblem;
  #file: CounterFile | undefined;
  #chaining: Chaining | undefined;
  /** Not yet in the file. */
  #pending = new Map<string, Missed>();
  #written: Promise<void> | undefined;
  #open = false;
  #running: Promise<void> | undefined;
  #closed = false;

  /** @throws CaptureError `GAPS_UNAVAILABLE` */
  constructor(parts: CounterParts) {
    this.#parts = parts;
    this.#report = parts.report;
    if (parts.eager || existsSync(counterPath(parts.folder, parts.service))) {
      try {
        this.#open = this.#opened().file.isOpen();
      } catch (cause) {
        throw new CaptureError('GAPS_UNAVAILABLE', `no counters can be kept in ${parts.folder}`, { cause });
      }
    }
    this.#timer = setInterval(() => this.soon(), EVERY);
    this.#timer.unref();
    this.soon();
  }

  /** Counts one access per item. Resolves when the count is durable, or can't be made so, which is reported. */
  count(activities: readonly string[]): Promise<void> {
    const now = Date.now();
    for (const activity of activities) {
      const known = this.#pending.get(activity) ?? { activity, count: 0, first: now, last: now };
      this.#pending.set(activity, { ...known, count: known.count + 1, last: now });
    }
    this.#open = true;
    this.#written ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#written = undefined;
        this.#write();
        resolve();
      });
    });
    return this.#written;
  }

  /** Takes back counts of accesses that turned out to be logged, where they have not been chained. */
  withdraw(activities: readonly string[]): void {
    try {
      this.#opened().file.takeBack(activities);
    } catch (cause) {
      const message = 'a count of an access that is logged after all stands';
      this.#report({ kind: 'uncounted', activity: activities[0], message, cause });
    }
  }

  /** Tries to chain in the background, if there is anything to chain. */
  soon(): void {
    if (this.#open && this.#running === undefined && !this.#closed) void this.chain();
  }

  /** Tries to chain everything that is open. Never rejects. */
  async chain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    if (!this.#open || this.#closed) return;
    this.#running = this.#chain().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#written;
    await this.chain();
    this.#closed = true;
    this.#file?.close();
  }

  async #chain(): Promise<void> {
    try {
      this.#write();
      this.#open = await this.#opened().chaining.run();
    } catch (cause) {
      this.#report({
        kind: 'gap',
        activity: undefined,
        message: 'what went unlogged can not be chained yet',
        cause,
      });
    } finally {
      this.#open ||= this.#pending.size > 0;
    }
  }

  /** Writes what is pending. What can't be written waits in memory, for the next count or try. */
  #write(): void {
    const pending = this.#pending;
    if (pending.size === 0) return;
    try {
      this.#opened().file.add([...pending.values()]);
      this.#pending = new Map();
    } catch (cause) {
      const message = 'an unlogged access is counted in memory only: the counters can not be written';
      for (const activity of pending.keys()) this.#report({ kind: 'uncounted', activity, message, cause });
    }
  }

  #opened(): { readonly file: CounterFile; readonly chaining: Chaining } {
    const { folder, service, activities } = this.#parts;
    this.#file ??= new CounterFile(folder, service, activities);
    this.#chaining ??= new Chaining({ ...this.#parts, file: this.#file });
    return { file: this.#file, chaining: this.#chaining };
  }
}
