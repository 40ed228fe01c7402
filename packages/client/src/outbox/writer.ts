import type { Line, RefusedLine } from '../protocol.ts';
import type { Change, OutboxFile } from './outbox-file.ts';

interface Job {
  readonly change: Change;
  readonly resolve: (first: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what is to be written, so that everything that comes in during one fsync shares the next. */
export class Writer {
  readonly #outbox: OutboxFile;
  #jobs: Job[] = [];

  constructor(outbox: OutboxFile) {
    this.#outbox = outbox;
  }

  /** Keeps lines, all or none; resolves with the place of the first once they are durable. */
  keep(lines: readonly Line[]): Promise<number> {
    return this.#write({ lines, sent: 0, refused: [] });
  }

  /** Takes out what has left, and keeps what was refused of it. */
  async settle(sent: number, refused: readonly RefusedLine[]): Promise<void> {
    await this.#write({ lines: [], sent, refused });
  }

  /** Writes what there is to write now. */
  flush(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    if (jobs.length === 0) return;
    try {
      const firsts = this.#outbox.commit(jobs.map(({ change }) => change));
      for (const [at, { resolve }] of jobs.entries()) resolve(firsts[at] ?? 0);
    } catch (error) {
      for (const { reject } of jobs) reject(error);
    }
  }

  #write(change: Change): Promise<number> {
    if (this.#jobs.length === 0) setImmediate(() => this.flush());
    return new Promise((resolve, reject) => this.#jobs.push({ change, resolve, reject }));
  }
}
