import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { IndexerSetup, WorkerMessage } from './index-worker.ts';

/** A follower at work in a thread of its own. */
export interface RunningIndexer extends AsyncDisposable {
  /** Entries below this index are covered, as far as is known here. */
  readonly covered: number;
  /** Resolves when entries below `size` are covered, and has the follower look for them at once. Rejects when the follower failed or was stopped. */
  reached(size: number): Promise<void>;
  /** Ends the follower after the commit it is at. Rejects with the error that ended it before. */
  stop(): Promise<void>;
}

/**
 * Starts to keep the index of a log folder up with its log, off this thread's event loop. Several processes may do so
 * for one log; the work is then done once, by whoever comes first.
 */
export function startIndexer({
  log,
  keys,
}: {
  /** A folder or a URL. */
  readonly log: string;
  readonly keys?: string | undefined;
}): RunningIndexer {
  return new WorkerIndexer({ log, keys });
}

// Run from sources, the worker is a .ts file, and other packages are to be found as sources too.
const file = new URL('./index-worker.js', import.meta.url);

class WorkerIndexer implements RunningIndexer {
  covered = 0;
  readonly #worker: Worker;
  readonly #exit: Promise<unknown>;
  #failure: Error | undefined;
  #ended = false;
  readonly #waiting = new Set<() => void>();

  constructor(setup: IndexerSetup) {
    this.#worker = new Worker(file, { workerData: setup });
    this.#exit = once(this.#worker, 'exit').catch(() => undefined);
    this.#worker.on('message', (covered: number) => {
      this.covered = covered;
      this.#wake();
    });
    this.#worker.on('error', (error: Error) => {
      this.#failure = error;
    });
    this.#worker.on('exit', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  async reached(size: number): Promise<void> {
    while (this.covered < size) {
      if (this.#ended) throw this.#failure ?? new Error('the indexer was stopped');
      this.#tell('haste');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async stop(): Promise<void> {
    if (!this.#ended) this.#tell('stop');
    await this.#exit;
    if (this.#failure !== undefined) throw this.#failure;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #tell(message: WorkerMessage): void {
    this.#worker.postMessage(message);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
