/**
 * The seal worker: validation, vault, mentions, sealed parts, drafts, off the caller's event loop.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@zegel/core';
import { readKek } from './keys/key-files.ts';
import { isRemote } from './location.ts';
import type { Answer, CommitAnswer, SealRequest, SealSetup } from './protocol.ts';
import { compileRegister } from './register/compile.ts';
import { parseRegister } from './register/parse.ts';
import { emptyJournal } from './vault/destroy.ts';
import { Handles } from './vault/handles.ts';
import { SameEvents } from './vault/sameness.ts';
import { keepElsewhere } from './vault/remote/keep.ts';
import { openVaultFile } from './vault/vault-file.ts';
import { MemoryPool } from './drafts.ts';
import type { LogStore, RemoteVault } from './port.ts';
import { openRemoteVault, openStoreAt } from './stores.ts';
import { failure } from './failure.ts';
import { Destroyer } from './seal/destroyer.ts';
import { Looker } from './seal/looker.ts';
import type { SealTools } from './seal/prepare-event.ts';
import { namedIds, roundEnd } from './seal/rounds.ts';
import { openWork, type OpenWork, sealRound, type Work } from './seal/seal-line.ts';

class SealWorker {
  readonly #setup = workerData as SealSetup;
  readonly #store: LogStore;
  readonly #looker: Looker;
  readonly #vault = openVaultFile(this.#setup.location.dir, readKek(this.#setup.keys), false);
  readonly #handles = new Handles(this.#vault);
  readonly #destroyer: Destroyer;
  readonly #register = compileRegister(
    parseRegister(this.#setup.register.document),
    this.#setup.register.version,
  );
  readonly #tools: SealTools = {
    origin: this.#setup.origin,
    keys: this.#vault.keys,
    handles: this.#handles,
    same: isRemote(this.#setup.location) ? undefined : new SameEvents(this.#vault),
    standing: new Map(),
    now: Date.now,
    memory: new MemoryPool(),
  };
  readonly #inFlight = new Map<number, Work>();
  /** Where the log's vault is, if that is not this machine's file. */
  readonly #remote: RemoteVault | undefined;
  /** Answers that came while handles are on their way there. */
  #deferred: CommitAnswer[] | undefined;
  #queue: Work[] = [];
  #scheduled = false;
  /** Requests of the round that is being sealed. */
  #underWay = 0;
  #closing = false;
  /** Destroyed handles that the commit worker has told of. */
  #known = 0;
  /**
   * A `retention` entry under way: nothing is sealed until it is durable and its handles are gone, so that no entry
   * behind it uses them.
   */
  #barrier: (Work & { kind: 'control' }) | undefined;

  constructor(store: LogStore, remote: RemoteVault | undefined) {
    this.#store = store;
    this.#remote = remote;
    this.#looker = new Looker(store, this.#vault, remote);
    this.#destroyer = new Destroyer({ vault: this.#vault, handles: this.#handles, remote, post });
    parentPort?.on('message', (messages: readonly SealRequest[]) => {
      for (const message of messages) this.#request(message);
    });
    this.#setup.peer.on('message', (message: CommitAnswer) => this.#answer(message));
    post({ kind: 'ready' });
  }

  #request(message: SealRequest): void {
    switch (message.kind) {
      case 'events':
      case 'control':
        this.#enqueue([{ ...message, again: false }]);
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
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#barrier !== undefined) return;
    this.#scheduled = true;
    // After every message that is already here, so that concurrent appends share a round and an fsync.
    setImmediate(() => void this.#rounds());
  }

  async #rounds(): Promise<void> {
    while (this.#queue.length > 0 && this.#barrier === undefined) {
      const work = this.#queue.splice(0, roundEnd(this.#queue)).map(openWork);
      this.#underWay = work.length;
      await this.#round(work);
      this.#underWay = 0;
    }
    this.#scheduled = false;
    this.#closeIfIdle();
  }

  async #round(work: readonly OpenWork[]): Promise<void> {
    try {
      const named = namedIds(this.#tools.keys, work);
      if (named.length > 0) this.#tools.standing = await this.#looker.look(named);
      const { batch, refusals, requests } = sealRound(this.#tools, this.#register, work, this.#known);
      await this.#keepHandles();
      const sealed = new Set(requests);
      for (const { events: _, ...item } of work)
        if (sealed.has(item.request)) this.#inFlight.set(item.request, item);
      const told = new Set(work.flatMap((w) => (w.again ? [w.request] : [])));
      for (const { request, refusals: list } of refusals)
        if (!told.has(request)) post({ kind: 'refusals', request, refusals: list });
      const [last] = work.slice(-1);
      if (last?.kind === 'control' && last.destroys !== undefined && sealed.has(last.request))
        this.#barrier = last;
      if (batch !== undefined) this.#setup.peer.postMessage(batch, [batch.drafts.bytes.buffer]);
    } catch (error) {
      post({ kind: 'failed', requests: Int32Array.from(work, (w) => w.request), ...failure(error) });
    }
  }

  /** Makes the handles of a round durable, before an entry that names them goes on. */
  async #keepHandles(): Promise<void> {
    if (this.#remote === undefined || this.#handles.made.length === 0) return this.#handles.commit();
    this.#deferred = [];
    try {
      await keepElsewhere(this.#handles, this.#remote);
    } finally {
      const late = this.#deferred;
      this.#deferred = undefined;
      for (const message of late) this.#answer(message);
    }
  }

  #answer(message: CommitAnswer): void {
    // While handles are on their way, a transaction of the vault is open that may have to be undone.
    if (this.#deferred !== undefined) {
      this.#deferred.push(message);
      return;
    }
    let known: number | undefined;
    switch (message.kind) {
      case 'spent':
        return this.#tools.memory.give(message.memory);
      case 'settled':
        this.#endBarrier(message);
        break;
      case 'reseal':
        known = this.#destroyer.apply(message.destroyed);
        this.#known = known ?? this.#known;
        if (known !== undefined) break;
        post({
          kind: 'failed',
          requests: message.requests,
          code: 'STORE_IO',
          message: 'handles that an entry destroyed are still in the vault',
        });
        return this.#drop(message.requests);
      default:
        message satisfies never;
    }
    const again: Work[] = [];
    for (const request of message.requests) {
      const work = this.#inFlight.get(request);
      this.#inFlight.delete(request);
      if (message.kind === 'reseal' && work !== undefined) again.push({ ...work, again: true });
    }
    // Ahead of what came later: an entry sealed again keeps its place as far as it can.
    this.#queue.unshift(...again);
    if (again.some((w) => w === this.#barrier || w.request === this.#barrier?.request))
      this.#barrier = undefined;
    if (this.#queue.length > 0) this.#schedule();
    this.#closeIfIdle();
  }

  #drop(requests: Int32Array): void {
    for (const request of requests) {
      this.#inFlight.delete(request);
      if (request === this.#barrier?.request) this.#barrier = undefined;
    }
    if (this.#queue.length > 0) this.#schedule();
    this.#closeIfIdle();
  }

  #endBarrier({ requests, appended }: CommitAnswer & { kind: 'settled' }): void {
    const barrier = this.#barrier;
    if (barrier?.destroys === undefined || !requests.includes(barrier.request)) return;
    const { request, numbers } = barrier.destroys;
    const lift = (): void => {
      this.#barrier = undefined;
      if (this.#queue.length > 0) this.#schedule();
      this.#closeIfIdle();
    };
    if (appended) void this.#destroyer.destroy(request, numbers).finally(lift);
    else lift();
  }

  #closeIfIdle(): void {
    if (
      !this.#closing ||
      this.#barrier !== undefined ||
      this.#inFlight.size > 0 ||
      this.#queue.length > 0 ||
      this.#underWay > 0
    )
      return;
    this.#closing = false;
    try {
      emptyJournal(this.#vault, 0); // so that a copy of the file has everything, also where a reader closes last
    } catch {
      // another process reads or writes it: what is left is moved by the last to close
    }
    this.#vault.db.close();
    void this.#store.close();
    this.#remote?.close();
    this.#setup.peer.postMessage({ kind: 'close' });
    this.#setup.peer.close();
    parentPort?.close();
  }
}

function post(answer: Answer): void {
  assert(parentPort !== null, 'the seal worker runs in a thread of its own');
  parentPort.postMessage(answer);
}

openStoreAt((workerData as SealSetup).location, { mode: 'read', vkey: (workerData as SealSetup).vkey })
  .then(async (store) => new SealWorker(store, await openRemoteVault((workerData as SealSetup).location)))
  .catch((error: unknown) => post({ kind: 'broken', ...failure(error) }));
