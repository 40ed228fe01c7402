/**
 * The commit worker: sequences sealed events, hashes, signs and stores them, off the caller's event loop.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@zegel/core';
import { failure } from './failure.ts';
import { hashReader } from './hashes.ts';
import { headNote } from './head-note.ts';
import { readKek, readSigner } from './keys/key-files.ts';
import { keepNewest, provedHead } from './keys/proved.ts';
import { SignedFile } from './keys/signed-file.ts';
import { isRemote } from './location.ts';
import type { LogStore, StoredHead } from './port.ts';
import type { Answer, CommitAnswer, CommitRequest, SealedBatch, WorkerSetup } from './protocol.ts';
import { openStoreAt } from './stores.ts';
import { destroyedSince } from './vault/heal.ts';
import { SameEvents } from './vault/sameness.ts';
import { openVaultFile } from './vault/vault-file.ts';
import { emptyState, stateAt } from './commit/replay.ts';
import { byRequest, eventsOf, type SealedEvent } from './commit/rows.ts';
import { ELSEWHERE, type Sameness, Sequencer, type Setback } from './commit/sequencer.ts';

/** Entries of one commit: enough to share an fsync, few enough to be done in a blink. */
const MOST = 4096;

class CommitWorker {
  readonly #setup: WorkerSetup;
  readonly #store: LogStore;
  readonly #sequencer: Sequencer;
  readonly #signed: SignedFile;
  #queue: SealedBatch[] = [];
  #running = false;
  #closing = false;
  #wake: () => void = () => undefined;
  /** A commit is in the store whose checkpoint could not be kept outside it: no receipt leaves before it is. */
  #owed = false;
  /** Size of the log up to which a checkpoint was kept outside it, as far as this process saw to that. */
  #kept = 0;

  constructor(setup: WorkerSetup, store: LogStore, sequencer: Sequencer, signed: SignedFile) {
    this.#setup = setup;
    this.#store = store;
    this.#sequencer = sequencer;
    this.#signed = signed;
    setup.peer.on('message', (message: CommitRequest) => this.#request(message));
    post({ kind: 'ready' });
  }

  #request(message: CommitRequest): void {
    if (message.kind === 'close') this.#closing = true;
    else this.#queue.push(message);
    this.#wake();
    if (this.#running) return;
    this.#running = true;
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      const batches = this.#take();
      await this.#commit(batches.flatMap(eventsOf));
      this.#giveBack(batches);
      await new Promise((resolve) => setImmediate(resolve)); // lets batches that arrived meanwhile into the queue
    }
    this.#running = false;
    if (this.#closing) await this.#close();
  }

  /** Where a commit is dear, it waits for more; not for longer than the log's URL says. */
  async #gather(): Promise<void> {
    const until = performance.now() + this.#setup.location.gather;
    for (
      let left = this.#setup.location.gather;
      left > 0 && !this.#closing;
      left = until - performance.now()
    ) {
      if (this.#queue.reduce((sum, batch) => sum + batch.requests.length, 0) >= MOST) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #take(): readonly SealedBatch[] {
    let entries = 0;
    const more = this.#queue.findIndex((batch) => {
      const full = entries >= MOST;
      entries += batch.requests.length;
      return full;
    });
    return this.#queue.splice(0, more < 0 ? this.#queue.length : more);
  }

  #giveBack(batches: readonly SealedBatch[]): void {
    const memory = batches.map((batch) => batch.drafts.bytes.buffer);
    this.#setup.peer.postMessage({ kind: 'spent', memory } satisfies CommitAnswer, memory);
  }

  async #commit(events: readonly SealedEvent[]): Promise<void> {
    const requests = byRequest(events);
    try {
      const { batch, receipts, setbacks } = await this.#sequencer.commit(requests);
      // What stands already is acknowledged as what was appended is: another process may have put it and gone.
      this.#owed ||= batch !== undefined || (receipts.size > 0 && this.#sequencer.size > this.#kept);
      const rest = this.#owed ? await this.#keep(batch?.head) : undefined;
      this.#owed = false;
      this.#kept = this.#sequencer.size;
      post({
        kind: 'receipts',
        ...receipts.columns(),
        note: batch && headNote(this.#setup.origin, batch.head),
      });
      this.#settle([...requests.keys()], setbacks);
      await rest?.();
    } catch (error) {
      const failed = Int32Array.from(requests.keys());
      post({ kind: 'failed', requests: failed, ...failure(error) });
      this.#answer({ kind: 'settled', requests: failed, appended: false, size: this.#sequencer.size });
    }
  }

  /**
   * Keeps the newest checkpoint outside the store. Where looking for a newer one is a request over a network, that is left for
   * after the receipts: our own is kept, and others keep theirs.
   */
  async #keep(head: StoredHead | undefined): Promise<(() => Promise<void>) | undefined> {
    const keep = (committed?: StoredHead): Promise<void> =>
      keepNewest(this.#store, this.#signed, this.#setup, this.#sequencer.size, committed);
    if (head === undefined || !isRemote(this.#setup.location)) {
      await keep(head);
      return undefined;
    }
    this.#signed.advance(headNote(this.#setup.origin, head), head.size, this.#setup.vkey);
    return () => keep(head).catch(() => undefined);
  }

  #settle(requests: readonly number[], setbacks: readonly Setback[]): void {
    const again = new Set(setbacks.flatMap((s) => (s.kind === 'conflict' ? [] : [s.request])));
    const settled = Int32Array.from(requests.filter((r) => !again.has(r)));
    this.#answer({ kind: 'settled', requests: settled, appended: true, size: this.#sequencer.size });
    for (const s of setbacks)
      if (s.kind === 'conflict')
        post({ kind: 'refusals', request: s.request, refusals: [conflict(s.position)] });
    const of = (kind: Setback['kind']): Int32Array =>
      Int32Array.from(setbacks.flatMap((s) => (s.kind === kind ? [s.request] : [])));
    const reseal = of('reseal');
    if (reseal.length > 0)
      this.#answer({ kind: 'reseal', requests: reseal, destroyed: [...this.#sequencer.destroyed].join('') });
  }

  #answer(answer: CommitAnswer): void {
    this.#setup.peer.postMessage(answer);
  }

  async #close(): Promise<void> {
    this.#signed.close();
    await this.#store.close();
    post({ kind: 'closed' });
    this.#setup.peer.close();
    parentPort?.close();
  }
}

function conflict(position: number): {
  position: number;
  code: string;
  problems: { path: string; message: string }[];
} {
  return {
    position,
    code: 'ID_CONFLICT',
    problems: [{ path: '/id', message: 'stands in the log already, for another event' }],
  };
}

function post(answer: Answer): void {
  assert(parentPort !== null, 'the commit worker runs in a thread of its own');
  parentPort.postMessage(answer);
}

async function start(setup: WorkerSetup): Promise<void> {
  const { location, keys, terms } = setup;
  const signer = readSigner(keys);
  const store = await openStoreAt(location, { mode: 'write', signer, terms });
  const file = new SignedFile(keys);
  const head = await provedHead(store, file, setup.vkey);
  const state = head === undefined ? emptyState(setup.origin) : await stateAt(store, head, hashReader(store));
  // Between the opening, which healed the vault, and now, others may have destroyed handles that the seal worker still saw.
  const since = head === undefined ? [] : await destroyedSince(store, head.control, setup.healed);
  state.destroyed = new Set(since.map((number) => Buffer.from(number).toString('latin1')));
  let events: SameEvents | undefined;
  const same = (): Sameness =>
    isRemote(location)
      ? ELSEWHERE
      : (events ??= new SameEvents(openVaultFile(location.dir, readKek(keys), false)));
  new CommitWorker(setup, store, new Sequencer(store, state, [signer], Date.now, same), file);
}

start(workerData as WorkerSetup).catch((error: unknown) => post({ kind: 'broken', ...failure(error) }));
