import { Worker } from 'node:worker_threads';
import { ClientError } from './errors.ts';
import type { FromWorker, Line, RefusedLine, ToWorker, WorkerSetup } from './protocol.ts';

/** Told of what comes without being asked for. */
export interface ConnectionEvents {
  settled(message: FromWorker & { readonly kind: 'settled' }): void;
  problem(message: FromWorker & { readonly kind: 'problem' }): void;
  /** The worker is gone. */
  lost(error: ClientError): void;
}

type Reply = FromWorker & { readonly kind: 'kept' | 'list' };
type Question = ToWorker & { readonly request: number };
type Unnumbered<Q> = Q extends Question ? Omit<Q, 'request'> : never;

/** The worker of a client, and the way to and from it. */
export class Connection {
  readonly #worker: Worker;
  #events: ConnectionEvents | undefined;
  readonly #asked = new Map<
    number,
    { readonly answer: (reply: Reply) => void; readonly reject: (error: Error) => void }
  >();
  #request = 0;
  #held = 0;
  #closing = false;
  readonly ready: { readonly pending: number; readonly last: number };

  private constructor(worker: Worker, ready: FromWorker & { kind: 'ready' }) {
    this.#worker = worker;
    this.ready = ready;
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (cause) => this.#lost(cause));
    worker.on('exit', () => this.#lost());
    worker.unref();
  }

  /** Starts the worker. @throws ClientError, whatever kept the outbox from being opened */
  static async open(setup: WorkerSetup): Promise<Connection> {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setup });
    const first = await firstMessage(worker);
    if (first.kind === 'ready') return new Connection(worker, first);
    await worker.terminate();
    if (first.kind === 'broken') throw new ClientError(first.code, first.message);
    throw new ClientError('OUTBOX_FAILED', 'the worker did not start');
  }

  /** Begins to send; until then nothing is told. */
  start(events: ConnectionEvents): void {
    this.#events = events;
    this.#worker.postMessage({ kind: 'start' } satisfies ToWorker);
  }

  /**
   * Keeps lines.
   *
   * @param kept is given the place of the first, when all are durable and before anything becomes of them
   * @throws ClientError
   */
  keep<T>(lines: readonly Line[], kept: (first: number) => T): Promise<T> {
    return this.#ask({ kind: 'append', lines }, (reply) => kept(reply.kind === 'kept' ? reply.first : 0));
  }

  refused(): Promise<readonly RefusedLine[]> {
    return this.#ask({ kind: 'refused' }, (reply) => (reply.kind === 'list' ? reply.refused : []));
  }

  discard(seq: number): Promise<void> {
    return this.#ask({ kind: 'discard', seq }, () => undefined);
  }

  hurry(): void {
    this.#worker.postMessage({ kind: 'hurry' } satisfies ToWorker);
  }

  /** Keeps the process alive while something is waited for. */
  hold(): void {
    if (this.#held++ === 0) this.#worker.ref();
  }

  release(): void {
    if (--this.#held === 0) this.#worker.unref();
  }

  /** Stops the worker. */
  async close(): Promise<void> {
    this.#closing = true;
    this.hold();
    const gone = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage({ kind: 'close' } satisfies ToWorker);
    await gone;
  }

  async #ask<T>(question: Unnumbered<ToWorker>, read: (reply: Reply) => T): Promise<T> {
    const request = ++this.#request;
    this.hold();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#asked.set(request, { answer: (reply) => resolve(read(reply)), reject });
        this.#worker.postMessage({ ...question, request });
      });
    } finally {
      this.release();
    }
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'kept':
      case 'list':
        this.#asked.get(message.request)?.answer(message);
        this.#asked.delete(message.request);
        break;
      case 'failed':
        this.#asked.get(message.request)?.reject(new ClientError(message.code, message.message));
        this.#asked.delete(message.request);
        break;
      case 'settled':
        return this.#events?.settled(message);
      case 'problem':
        return this.#events?.problem(message);
      case 'ready':
      case 'broken':
      case 'closed':
        break;
      default:
        message satisfies never;
    }
  }

  #lost(cause?: unknown): void {
    const error = this.#closing
      ? new ClientError('CLIENT_CLOSED', 'the client is closed')
      : new ClientError('OUTBOX_FAILED', 'the worker of the outbox stopped; open the client again', {
          cause,
        });
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
    if (!this.#closing) this.#events?.lost(error);
    this.#closing = true;
  }
}

function firstMessage(worker: Worker): Promise<FromWorker> {
  const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
  const stopped = (): void => reject(new ClientError('OUTBOX_FAILED', 'the worker did not start'));
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', stopped);
  return promise.finally(() => {
    worker.off('error', reject);
    worker.off('exit', stopped);
  });
}
