/**
 * Reads ranges of a log and inspects each entry, off the thread that checks their order.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert, checkHeadSignatures } from '@zegel/core';
import { failure } from '../failure.ts';
import type { LogStore } from '../port.ts';
import { openStoreAt } from '../stores.ts';
import { sumTable } from './id-table.ts';
import type { InspectAnswer, InspectRequest, InspectSetup, Slice } from './inspect-protocol.ts';
import { inspectRange } from './inspect-range.ts';

/** Slices that may wait at the driver. */
const CREDIT = 8;

class InspectWorker {
  readonly #store: LogStore;
  #credit = CREDIT;
  #more: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(store: LogStore) {
    this.#store = store;
    parentPort?.on('message', (request: InspectRequest) => this.#request(request));
  }

  #request(request: InspectRequest): void {
    if (request.kind === 'taken') {
      this.#credit++;
      this.#more?.();
      return;
    }
    this.#work = this.#work
      .then(() => this.#do(request))
      .catch((error: unknown) => post({ kind: 'failed', ...failure(error) }));
  }

  async #do(request: Exclude<InspectRequest, { kind: 'taken' }>): Promise<void> {
    switch (request.kind) {
      case 'range':
        for await (const slice of inspectRange(this.#store, request.from, request.to))
          await this.#slice(slice);
        return;
      case 'duties':
        return post({
          kind: 'duties',
          findings: request.duties.flatMap((d) => checkHeadSignatures(d) ?? []),
        });
      case 'ids':
        return post({ kind: 'ids', table: await sumTable(this.#store, request) });
      case 'close':
        await this.#store.close();
        parentPort?.close();
        return;
      default:
        request satisfies never;
    }
  }

  async #slice(slice: Slice): Promise<void> {
    if (this.#credit === 0)
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
    this.#more = undefined;
    this.#credit--;
    post(
      slice,
      slice.items.flatMap((item) => (item.kind === 'run' ? [item.leaves.buffer, item.ids.buffer] : [])),
    );
  }
}

function post(answer: InspectAnswer, transfer: readonly ArrayBuffer[] = []): void {
  assert(parentPort !== null, 'an inspecting worker runs in a thread of its own');
  parentPort.postMessage(answer, [...transfer]);
}

const setup = workerData as InspectSetup;
openStoreAt(setup.location, { mode: 'read', ...(setup.vkey !== undefined && { vkey: setup.vkey }) }).then(
  (store) => new InspectWorker(store),
  (error: unknown) => post({ kind: 'failed', ...failure(error) }),
);
