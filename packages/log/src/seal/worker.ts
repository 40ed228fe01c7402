/**
 * The seal worker: validation, vault, mentions, sealed parts, drafts, off the caller's event loop.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@zegel/core';
import { readKek } from '../keys/key-files.ts';
import type { Answer, CommitAnswer, SealRequest, SealSetup } from '../protocol.ts';
import { compileRegister } from '../register/compile.ts';
import { parseRegister } from '../register/parse.ts';
import { destroyHandles } from '../vault/destroy.ts';
import { Handles } from '../vault/handles.ts';
import { SameEvents } from '../vault/sameness.ts';
import { openVaultFile } from '../vault/vault-file.ts';
import { failure } from '../failure.ts';
import type { SealTools } from './prepare-event.ts';
import { sealRound, type Work } from './seal-line.ts';

/** Events sealed in one round: small enough that the commit worker never waits long for the first of them. */
const ROUND = 256;

class SealWorker {
  readonly #setup = workerData as SealSetup;
  readonly #vault = openVaultFile(this.#setup.dir, readKek(this.#setup.keys), false);
  readonly #handles = new Handles(this.#vault);
  readonly #register = compileRegister(parseRegister(this.#setup.register.document), this.#setup.register.version);
  readonly #tools: SealTools = {
    origin: this.#setup.origin,
    keys: this.#vault.keys,
    handles: this.#handles,
    same: new SameEvents(this.#vault.db),
    replacing: new Map(),
    now: Date.now,
  };
  readonly #inFlight = new Map<number, Work>();
  #queue: Work[] = [];
  #scheduled = false;
  #closing = false;

  constructor() {
    parentPort?.on('message', (messages: readonly SealRequest[]) => {
      for (const message of messages) this.#request(message);
    });
    this.#setup.peer.on('message', (message: CommitAnswer) => this.#answer(message));
    post({ kind: 'ready' });
  }

  #request(message: SealRequest): void {
    switch (message.kind) {
      case 'events':
        this.#enqueue([{ ...message, events: JSON.parse(message.text) as unknown[], again: false }]);
        break;
      case 'control':
        this.#enqueue([{ ...message, again: false }]);
        break;
      case 'destroy':
        this.#destroy(message.request, message.numbers, message.size);
        break;
      case 'close':
        this.#closing = true;
        this.#closeIfIdle();
        break;
      default:
        message satisfies never;
    }
  }

  #enqueue(work: readonly Work[]): void {
    this.#queue.push(...work);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After every message that is already here, so that concurrent appends share a round and an fsync.
    setImmediate(() => {
      this.#scheduled = false;
      this.#rounds();
    });
  }

  #rounds(): void {
    const queue = this.#queue;
    this.#queue = [];
    let round: Work[] = [];
    let events = 0;
    for (const work of queue) {
      round.push(work);
      events += work.kind === 'events' ? work.events.length : 1;
      if (events < ROUND) continue;
      this.#round(round);
      round = [];
      events = 0;
    }
    if (round.length > 0) this.#round(round);
    this.#closeIfIdle();
  }

  #round(work: readonly Work[]): void {
    try {
      const { batch, refusals, requests } = sealRound(this.#tools, this.#register, work);
      for (const item of work) if (requests.includes(item.request)) this.#inFlight.set(item.request, item);
      const told = new Set(work.flatMap((w) => (w.again ? [w.request] : [])));
      for (const { request, refusals: list } of refusals) if (!told.has(request)) post({ kind: 'refusals', request, refusals: list });
      if (batch !== undefined) this.#setup.peer.postMessage(batch);
    } catch (error) {
      post({ kind: 'failed', requests: Int32Array.from(work, (w) => w.request), ...failure(error) });
    }
  }

  #answer(message: CommitAnswer): void {
    switch (message.kind) {
      case 'settled':
        break;
      case 'reseal':
        this.#applyDestroyed(message.destroyed, message.size);
        break;
      case 'replace':
        for (const request of message.requests) this.#tools.replacing.set(request, new Set());
        break;
      default:
        message satisfies never;
    }
    const again: Work[] = [];
    for (const request of message.requests) {
      const work = this.#inFlight.get(request);
      this.#inFlight.delete(request);
      if (message.kind === 'settled') this.#tools.replacing.delete(request);
      else if (work !== undefined) again.push({ ...work, again: true });
    }
    this.#enqueue(again);
    this.#closeIfIdle();
  }

  /** An entry below the head names handles that are still here: they go before anything else is sealed with them. */
  #applyDestroyed(destroyed: string, size: number): void {
    const bytes = Buffer.from(destroyed, 'latin1');
    const numbers = Array.from({ length: bytes.length / 16 }, (_, i) => bytes.subarray(i * 16, i * 16 + 16));
    destroyHandles(this.#vault, numbers, size);
    this.#handles.forget();
  }

  #destroy(request: number, numbers: readonly Uint8Array[], size: number): void {
    try {
      const value = destroyHandles(this.#vault, numbers, size);
      this.#handles.forget();
      post({ kind: 'done', request, value });
    } catch (error) {
      post({ kind: 'failed', requests: Int32Array.of(request), ...failure(error) });
    }
  }

  #closeIfIdle(): void {
    if (!this.#closing || this.#inFlight.size > 0 || this.#queue.length > 0) return;
    this.#closing = false;
    this.#vault.db.close();
    this.#setup.peer.postMessage({ kind: 'close' });
    this.#setup.peer.close();
    parentPort?.close();
  }
}

function post(answer: Answer): void {
  assert(parentPort !== null, 'the seal worker runs in a thread of its own');
  parentPort.postMessage(answer);
}

try {
  new SealWorker();
} catch (error) {
  post({ kind: 'broken', ...failure(error) });
}
