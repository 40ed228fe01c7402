import { assert, equalBytes, type Signer } from '@zegel/core';
import type { Batch, CommitView, LogStore } from '../port.ts';
import type { SameEvents } from '../vault/sameness.ts';
import { BatchBuilder, EntryBuffer } from './batch-builder.ts';
import type { ChainState } from './chain-state.ts';
import { ReceiptColumns, type SealedEvent } from './rows.ts';

/** A request that got no entry in this commit, and why. */
export type Setback =
  | { readonly kind: 'conflict'; readonly request: number; readonly position: number; readonly all: boolean }
  | { readonly kind: 'reseal'; readonly request: number };

/** What one commit did. */
export interface Committed {
  readonly batch: Batch | undefined;
  readonly receipts: ReceiptColumns;
  readonly setbacks: readonly Setback[];
}

/**
 * What the vault remembers of named events, asked and told under the store's lock. `elsewhere`: other machines append as well, and
 * what stands in the log is held against the event while it is sealed.
 */
export interface Sameness {
  compare(...args: Parameters<SameEvents['compare']>): ReturnType<SameEvents['compare']> | 'elsewhere';
  replace(...args: Parameters<SameEvents['replace']>): void;
}

/** Where this machine's vault has no say. */
export const ELSEWHERE: Sameness = { compare: () => 'elsewhere', replace: () => undefined };

/** Where an event with this id already stands: below the head or in this very batch. */
interface Standing {
  /** Of one in this batch. */
  readonly mac: Uint8Array | undefined;
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
  readonly #same: () => Sameness;
  readonly #buffer = new EntryBuffer();
  #state: ChainState;

  constructor(
    store: LogStore,
    state: ChainState,
    signers: readonly Signer[],
    now: () => number,
    same: () => Sameness,
  ) {
    this.#store = store;
    this.#same = same;
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
      const round = new Round(view, state, this.#same, new BatchBuilder(state, this.#now(), this.#buffer));
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
  readonly #same: () => Sameness;
  readonly #inBatch = new Map<string, Standing>();
  readonly #below = new Map<string, number | undefined>();

  constructor(view: CommitView, state: ChainState, same: () => Sameness, builder: BatchBuilder) {
    this.#view = view;
    this.#state = state;
    this.#same = same;
    this.builder = builder;
  }

  add(request: number, events: readonly SealedEvent[]): void {
    const { destroyed } = this.#state;
    if (events.some((e) => e.known < destroyed.size || this.#isUncompared(e))) {
      this.setbacks.push({ kind: 'reseal', request });
      return;
    }
    const conflicts = this.#conflicts(events);
    for (const { position, all } of conflicts)
      this.setbacks.push({ kind: 'conflict', request, position, all });
    if (conflicts.size > 0 && events.some((e) => e.all)) return;
    for (const event of events) {
      if (conflicts.has(event)) continue;
      const there = this.#standing(event);
      if (there === undefined) this.#append(event);
      else this.receipts.add(event, there.index, there.count, there.leafHash);
    }
  }

  /** Whether another machine, or a commit of ours, appended something under its id since it was sealed: it is sealed again, and compared then. */
  #isUncompared({ id, mac, standing }: SealedEvent): boolean {
    if (mac === undefined || standing !== undefined) return false;
    return this.#indexOf(id, latin1(id)) !== undefined && this.#same().compare(id, mac) === 'elsewhere';
  }

  /** Events whose id stands for another one: in the log, in this batch, or earlier in their own request. */
  #conflicts(events: readonly SealedEvent[]): ReadonlySet<SealedEvent> {
    const conflicts = new Set<SealedEvent>();
    const own = new Map<string, Uint8Array>();
    for (const event of events) {
      if (event.mac === undefined) continue;
      const name = latin1(event.id);
      const earlier = own.get(name) ?? this.#inBatch.get(name)?.mac;
      if (earlier === undefined) {
        const taken = this.#indexOf(event.id, name) !== undefined;
        // Asked anew: since it was sealed, another process may have appended its own event under the id.
        const standing = taken && (event.standing ?? this.#same().compare(event.id, event.mac));
        if (standing === 'differs') conflicts.add(event);
        else own.set(name, event.mac);
      } else if (!equalBytes(earlier, event.mac)) conflicts.add(event);
    }
    return conflicts;
  }

  #append(event: SealedEvent): void {
    const { drafts, first, count, id } = event;
    assert(count > 0, 'an event has at least one part');
    // What was remembered never reached the log. Nobody else can append it now, and who tries later is told of this one.
    if (event.mac !== undefined && event.numbers !== undefined)
      this.#same().replace(id, event.mac, event.numbers);
    const index = this.builder.add(drafts, first, id, count === 1 ? 0 : 1);
    const leafHash = this.#state.prev;
    for (let part = 1; part < count; part++) this.builder.add(drafts, first + part, id, part + 1);
    if (event.mac !== undefined) this.#inBatch.set(latin1(id), { mac: event.mac, index, count, leafHash });
    this.receipts.add(event, index, count, leafHash);
  }

  /** Where an id stands below the head, looked up once. */
  #indexOf(id: Uint8Array, name: string): number | undefined {
    if (!this.#below.has(name)) this.#below.set(name, this.#view.find(id));
    return this.#below.get(name);
  }

  #standing({ id, mac }: SealedEvent): Standing | undefined {
    if (mac === undefined) return undefined;
    const name = latin1(id);
    const inBatch = this.#inBatch.get(name);
    if (inBatch !== undefined) return inBatch;
    const index = this.#indexOf(id, name);
    if (index === undefined) return undefined;
    const [entry] = this.#view.read(index, index + 1);
    assert(entry !== undefined, 'the id table names an entry below the head');
    const leafHash = Buffer.from(entry.leafHash).toString('base64url');
    return { mac: undefined, index, count: entry.bytes === undefined ? 1 : partsOf(entry.bytes), leafHash };
  }
}

function partsOf(bytes: Uint8Array): number {
  const entry = JSON.parse(Buffer.from(bytes).toString()) as { part?: { of: number } };
  return entry.part?.of ?? 1;
}

function latin1(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('latin1');
}
