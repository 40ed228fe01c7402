/**
 * The worker of a client: its outbox and its way to the collector, off the caller's event loop.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@zegel/core';
import { outboxFailure } from './outbox/outbox-failure.ts';
import { OutboxFile } from './outbox/outbox-file.ts';
import { Writer } from './outbox/writer.ts';
import type { FromWorker, Line, ToWorker, WorkerSetup } from './protocol.ts';
import { Sender } from './sender/sender.ts';

class OutboxWorker {
  readonly #outbox: OutboxFile;
  readonly #writer: Writer;
  readonly #sender: Sender;

  constructor(setup: WorkerSetup) {
    this.#outbox = new OutboxFile(setup.outbox);
    this.#writer = new Writer(this.#outbox);
    this.#sender = new Sender(setup, this.#outbox, this.#writer, tell);
    tell({ kind: 'ready', ...this.#outbox.state() });
  }

  take(message: ToWorker): void {
    switch (message.kind) {
      case 'append':
        return void this.#append(message.request, message.lines);
      case 'refused':
        return this.#answer(message.request, () => this.#outbox.refused());
      case 'discard':
        return this.#answer(message.request, () => {
          this.#outbox.discard(message.seq);
          return [];
        });
      case 'start':
        return this.#sender.start();
      case 'hurry':
        return this.#sender.hurry();
      case 'close':
        return void this.#close();
      default:
        message satisfies never;
    }
  }

  async #append(request: number, lines: readonly Line[]): Promise<void> {
    try {
      tell({ kind: 'kept', request, first: await this.#writer.keep(lines) });
      this.#sender.wake();
    } catch (error) {
      fail(request, error);
    }
  }

  #answer(request: number, read: () => ReturnType<OutboxFile['refused']>): void {
    try {
      tell({ kind: 'list', request, refused: read() });
    } catch (error) {
      fail(request, error);
    }
  }

  async #close(): Promise<void> {
    await this.#sender.stop();
    this.#writer.flush();
    try {
      this.#outbox.tidy();
    } catch {
      // a full disk: what is in the journal is as durable as it was
    }
    this.#outbox.close();
    tell({ kind: 'closed' });
    parentPort?.close();
  }
}

function tell(message: FromWorker): void {
  assert(parentPort !== null, 'the outbox worker runs in a thread of its own');
  parentPort.postMessage(message);
}

function fail(request: number, error: unknown): void {
  const { code, message } = outboxFailure(error);
  tell({ kind: 'failed', request, code, message });
}

try {
  const worker = new OutboxWorker(workerData as WorkerSetup);
  parentPort?.on('message', (message: ToWorker) => worker.take(message));
} catch (error) {
  const { code, message } = outboxFailure(error);
  tell({ kind: 'broken', code, message });
}
