import { assert, type Signer } from '@zegel/core';
import type { Batch, CommitView, LogStore } from '../port.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { ChainState } from './chain-state.ts';
import { ReceiptColumns, type SealedEvent } from './rows.ts';

/** A request that got no entry in this commit, and why. */
export type Setback =
  | { readonly kind: 'conflict'; readonly request: number; readonly position: number; readonly all: boolean }
  | { readonly kind: 'reseal' | 'replace'; readonly request: number };

/** What one commit did. */
export interface Committed {
  readonly batch: Batch | undefined;
  readonly receipts: ReceiptColumns;
  readonly setbacks: readonly Setback[];
}

/** Where an event with this id already stands: below the head or in this very batch. */
interface Standing {
  readonly index: number;
  readonly count: number;
  readonly leafHash: string;
}

/**
 * Sequences sealed events: one commit for as many requests as are waiting. The order of a commit is
 *
 * 1. take the store's lock and take in what others appended; if we crash here, nothing happened;
 * 2. chain, hash and sign; if we crash here, a checkpoint was signed that nobody has seen and that is forgotten with us;
 * 3. store entries and checkpoint in one transaction; if we crash after it, the entries are there and unacknowledged,
 *    and a caller that tries again with the same id gets the first receipt.
 */
export class Sequencer {
  readonly #store: LogStore;
  readonly #signers: readonly Signer[];
  readonly #now: () => number;
  #state: ChainState;

  constructor(store: LogStore, state: ChainState, signers: readonly Signer[], now: () => number) {
    this.#store = store;
    this.#state = state;
    this.#signers = signers;
    this.#now = now;
  }

  /** Handle numbers (latin1) destroyed by entries this sequencer has met. */
  get destroyed(): ReadonlySet<string> {
    return this.#state.destroyed;
  }

  get size(): number {
    return this.#state.size;
  }

  /** Appends what can be appended. Whole requests only. */
  async commit(requests: ReadonlyMap<number, readonly SealedEvent[]>): Promise<Committed> {
    let tried: { readonly round: Round; readonly state: ChainState } | undefined;
    const batch = await this.#store.commit((view) => {
      const state = this.#state.clone();
      state.catchUp(view);
      const round = new Round(view, state, this.#now());
      for (const [request, events] of requests) round.add(request, events);
      tried = { round, state };
      return round.builder.count === 0 ? undefined : round.builder.finish(this.#signers);
    });
    assert(tried !== undefined, 'a store calls build at least once');
    this.#state = tried.state;
    if (batch !== undefined) this.#state.root = Buffer.from(batch.head.root);
    return { batch, receipts: tried.round.receipts, setbacks: tried.round.setbacks };
  }
}

/** One attempt at a commit against one head. */
class Round {
  readonly builder: BatchBuilder;
  readonly receipts = new ReceiptColumns();
  readonly setbacks: Setback[] = [];
  readonly #view: CommitView;
  readonly #state: ChainState;
  readonly #inBatch = new Map<string, Standing>();

  constructor(view: CommitView, state: ChainState, now: number) {
    this.#view = view;
    this.#state = state;
    this.builder = new BatchBuilder(state, now);
  }

  add(request: number, events: readonly SealedEvent[]): void {
    const { destroyed } = this.#state;
    if (events.some((e) => e.known < destroyed.size)) {
      this.setbacks.push({ kind: 'reseal', request });
      return;
    }
    const named = new Set<string>();
    const conflicts: SealedEvent[] = [];
    for (const event of events) {
      const taken = event.named && (named.has(latin1(event.id)) || this.#standing(event.id) !== undefined);
      if (event.named) named.add(latin1(event.id));
      if (event.differs && taken) conflicts.push(event);
      if (!event.differs || taken) continue;
      this.setbacks.push({ kind: 'replace', request });
      return;
    }
    for (const { position, all } of conflicts)
      this.setbacks.push({ kind: 'conflict', request, position, all });
    if (conflicts.some((e) => e.all)) return;
    for (const event of events) {
      const there = event.named ? this.#standing(event.id) : undefined;
      if (there === undefined) this.#append(event);
      else if (!event.differs) this.receipts.add(event, there.index, there.count, there.leafHash);
    }
  }

  #append(event: SealedEvent): void {
    const [first, ...rest] = event.drafts;
    assert(first !== undefined, 'an event has at least one part');
    const count = event.drafts.length;
    const index = this.builder.add(first, event.id, count === 1 ? 0 : 1);
    const leafHash = this.#state.prev;
    rest.forEach((pieces, i) => {
      this.builder.add(pieces, event.id, i + 2);
    });
    if (event.named) this.#inBatch.set(latin1(event.id), { index, count, leafHash });
    this.receipts.add(event, index, count, leafHash);
  }

  #standing(id: Uint8Array): Standing | undefined {
    const inBatch = this.#inBatch.get(latin1(id));
    if (inBatch !== undefined) return inBatch;
    const index = this.#view.find(id);
    if (index === undefined) return undefined;
    const [entry] = this.#view.read(index, index + 1);
    assert(entry !== undefined, 'the id table names an entry below the head');
    const leafHash = Buffer.from(entry.leafHash).toString('base64url');
    return { index, count: entry.bytes === undefined ? 1 : partsOf(entry.bytes), leafHash };
  }
}

function partsOf(bytes: Uint8Array): number {
  const entry = JSON.parse(Buffer.from(bytes).toString()) as { part?: { of: number } };
  return entry.part?.of ?? 1;
}

function latin1(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('latin1');
}
