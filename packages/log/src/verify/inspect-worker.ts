/**
 * Reads ranges of a log and inspects each entry, off the thread that checks their order.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import {
  assert,
  checkHeadSignatures,
  CompactRange,
  type Finding,
  inspectEntry,
  type Inspection,
  packInspections,
  prunedLeaf,
  type PrunedLeaf,
} from '@zegel/core';
import { failure } from '../failure.ts';
import type { LogStore, StoredEntry } from '../port.ts';
import { openStoreAt } from '../stores.ts';
import { PrunedRanges, sumTable } from './id-table.ts';
import type { InspectAnswer, InspectRequest, InspectSetup } from './inspect-protocol.ts';

/** Slices that may wait at the driver. */
const CREDIT = 8;
const GROUP = 256;

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
        return this.#range(request.from, request.to);
      case 'duties':
        return post({ kind: 'duties', findings: request.duties.flatMap((d) => checkHeadSignatures(d) ?? []) });
      case 'ids': {
        const table = await sumTable(this.#store, request.key, new PrunedRanges(request.pruned));
        return post({ kind: 'ids', table });
      }
      case 'close':
        await this.#store.close();
        parentPort?.close();
        return;
      default:
        request satisfies never;
    }
  }

  async #range(from: number, to: number): Promise<void> {
    const groups = new Groups();
    let next = from;
    for await (const entries of this.#store.read(from, to)) {
      const damages: Finding[] = [];
      const items: (Inspection | PrunedLeaf)[] = [];
      for (const entry of entries) {
        if (entry.index !== next) damages.push({ code: 'store-damaged', index: Math.min(next, entry.index), message: `entry ${entry.index} is stored where ${next} belongs` });
        if (entry.damage !== undefined) damages.push({ code: 'store-damaged', index: entry.index, message: entry.damage });
        next = entry.index + 1;
        items.push(inspect(entry));
        groups.add(entry.leafHash);
      }
      await this.#slice({ kind: 'slice', items: packInspections(items), first: entries[0]?.index ?? from, damages, subtrees: groups.take(), end: false });
    }
    const missing: Finding[] = next < to && to !== Number.MAX_SAFE_INTEGER ? [{ code: 'store-damaged', index: next, message: `entries ${next} to ${to - 1} are not stored` }] : [];
    await this.#slice({ kind: 'slice', items: packInspections([]), first: next, damages: missing, subtrees: new Uint8Array(0), end: true });
  }

  async #slice(slice: InspectAnswer & { kind: 'slice' }): Promise<void> {
    if (this.#credit === 0)
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
    this.#more = undefined;
    this.#credit--;
    post(slice, [slice.items.numbers.buffer]);
  }
}

/** Roots of full groups of 256 leaves. */
class Groups {
  #range = CompactRange.empty();
  #roots: Uint8Array[] = [];

  add(leaf: Uint8Array): void {
    this.#range.append(leaf);
    if (this.#range.size < GROUP) return;
    this.#roots.push(this.#range.root());
    this.#range = CompactRange.empty();
  }

  take(): Uint8Array {
    const roots = Buffer.concat(this.#roots);
    this.#roots = [];
    return roots;
  }
}

function inspect(entry: StoredEntry): Inspection | PrunedLeaf {
  return entry.bytes === undefined ? prunedLeaf(entry.leafHash) : inspectEntry(entry.bytes, entry.leafHash);
}

function post(answer: InspectAnswer, transfer: readonly ArrayBuffer[] = []): void {
  assert(parentPort !== null, 'an inspecting worker runs in a thread of its own');
  parentPort.postMessage(answer, [...transfer]);
}

const setup = workerData as InspectSetup;
openStoreAt(setup, { mode: 'read' }).then(
  (store) => new InspectWorker(store),
  (error: unknown) => post({ kind: 'failed', ...failure(error) }),
);
