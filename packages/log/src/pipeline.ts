import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { LogError } from './errors.ts';
import { failureError } from './failure.ts';
import type { Answer, Receipts, SealRequest, SealSetup } from './protocol.ts';
// Loaded on this thread as well, so that the native cipher stays when a worker ends: it would be unloaded with the last
// thread that has it, while another may just be loading it.
import './seal/fast-aead.ts';

/** Events that travel on even while others are under way. */
const BATCH = 64;

/** Told of what becomes of requests. */
export interface PipelineEvents {
  receipts(receipts: Receipts): void;
  refused(answer: Answer & { kind: 'refusals' }): void;
  done(request: number, value: number): void;
  failed(request: number, error: Error): void;
  /** The workers are gone and nothing more will be answered. */
  broken(error: LogError): void;
}

/** The two worker threads of an open log, and the way to and from them. */
export class Pipeline {
  readonly #seal: Worker;
  readonly #commit: Worker;
  readonly #events: PipelineEvents;
  #outbox: SealRequest[] = [];
  /** Events in {@link #outbox}. */
  #gathered = 0;
  /** Something was sent and nothing has come back since. */
  #waiting = false;
  #closing = false;

  private constructor(seal: Worker, commit: Worker, events: PipelineEvents) {
    this.#seal = seal;
    this.#commit = commit;
    this.#events = events;
    for (const worker of [seal, commit]) {
      worker.on('message', (answer: Answer) => this.#answer(answer));
      worker.on('error', (cause) => this.#break(cause));
      worker.on('exit', () => this.#break());
      worker.unref();
    }
  }

  /** Starts both workers. @throws LogError or StoreFailure, whatever kept a worker from starting */
  static async start(setup: Omit<SealSetup, 'peer'>, events: PipelineEvents): Promise<Pipeline> {
    const { port1, port2 } = new MessageChannel();
    const commit = spawn('./commit-worker.js', { ...setup, register: undefined, peer: port1 }, [port1]);
    const seal = spawn('./seal-worker.js', { ...setup, peer: port2 }, [port2]);
    try {
      await Promise.all([ready(commit), ready(seal)]);
    } catch (error) {
      await Promise.all([commit.terminate(), seal.terminate()]);
      throw error;
    }
    return new Pipeline(seal, commit, events);
  }

  /**
   * Requests of one turn of the event loop travel together, and what comes while others are under way waits for them, up
   * to a batch: so concurrent single appends share messages, rounds and commits, and one alone waits for nothing.
   */
  send(request: SealRequest): void {
    this.#outbox.push(request);
    this.#gathered += request.kind === 'events' ? request.count : BATCH;
    if (!this.#waiting && this.#outbox.length === 1) queueMicrotask(() => this.#flush());
    else if (this.#waiting && this.#gathered >= BATCH) this.#flush();
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    this.#seal.postMessage(this.#outbox);
    this.#outbox = [];
    this.#gathered = 0;
    this.#waiting = true;
  }

  /** Keeps the process alive while something is under way. */
  hold(active: boolean): void {
    for (const worker of [this.#seal, this.#commit]) {
      if (active) worker.ref();
      else worker.unref();
    }
  }

  /** Lets what is under way finish and stops both workers. */
  async close(): Promise<void> {
    this.#closing = true;
    this.hold(true);
    const gone = [this.#seal, this.#commit].map((w) => new Promise((resolve) => w.once('exit', resolve)));
    this.send({ kind: 'close' });
    await Promise.all(gone);
  }

  #answer(answer: Answer): void {
    this.#waiting = false;
    this.#flush();
    switch (answer.kind) {
      case 'receipts':
        this.#events.receipts(answer);
        break;
      case 'refusals':
        this.#events.refused(answer);
        break;
      case 'failed':
        for (const request of answer.requests) this.#events.failed(request, failureError(answer));
        break;
      case 'done':
        this.#events.done(answer.request, answer.value);
        break;
      case 'ready':
      case 'broken':
      case 'closed':
        break;
      default:
        answer satisfies never;
    }
  }

  #break(cause?: unknown): void {
    if (this.#closing && cause === undefined) return;
    this.#closing = true;
    this.#events.broken(
      new LogError('LOG_FAILED', 'a worker of the log stopped; open the log again', { cause }),
    );
    void this.#seal.terminate();
    void this.#commit.terminate();
  }
}

function spawn(path: string, workerData: object, transferList: readonly MessagePort[]): Worker {
  return new Worker(new URL(path, import.meta.url), { workerData, transferList: [...transferList] });
}

function ready(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stopped = (): void => reject(new LogError('LOG_FAILED', 'a worker of the log did not start'));
  const answered = (answer: Answer): void =>
    answer.kind === 'broken' ? reject(failureError(answer)) : resolve();
  worker.once('error', reject);
  worker.once('exit', stopped);
  worker.once('message', answered);
  return promise.finally(() => {
    worker.off('error', reject);
    worker.off('exit', stopped);
    worker.off('message', answered);
  });
}
