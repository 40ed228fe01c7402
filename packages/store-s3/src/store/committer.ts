import { randomBytes } from 'node:crypto';
import type { Signer } from '@zegel/core';
import type { Batch, CommitView } from '@zegel/log/port';
import type { ReplicaState } from '../replica/rows.ts';
import { takeIn } from '../replica/take-in.ts';
import { encodeSegment } from '../segment/encode-segment.ts';
import { claimIn } from '../segment/claim-in.ts';
import { originPrev } from '../segment/segment-note.ts';
import { StoreError } from '../store-error.ts';
import { checkBatch } from './check-batch.ts';
import type { Checkpoints } from './checkpoints.ts';
import { Pinned, View } from './commit-view.ts';
import { type Context, keysAt, trustNext } from './context.ts';
import { factsOf, keysAfter } from './entry-facts.ts';
import { continues, type Follower } from './follower.ts';
import { requireHeld } from './held-to.ts';
import { takeSegment } from './intake.ts';
import { lockFrom, newestIn } from './lock-dates.ts';
import { requireClock } from './own-clock.ts';
import { backOff } from './pause.ts';
import { type Attempt, type Settled, settle } from './settle.ts';
import { Turn } from './turn.ts';

const NONCE = 16;
const HASH = 32;

type Build = (view: CommitView) => Batch | undefined;

/** Appends, one commit at a time, against whoever else appends anywhere. */
export class Committer {
  readonly #context: Context;
  readonly #follower: Follower;
  readonly #checkpoints: Checkpoints;
  readonly #turn = new Turn();
  /** An earlier attempt of which nothing is known: its bytes come first at its key. */
  #pending: Attempt | undefined;
  /** Whether the log was seen to hold all that its newest checkpoint covers. */
  #isWhole = false;
  /** In which the replica was held to what is signed. */
  #generation: string;

  constructor(context: Context, follower: Follower, checkpoints: Checkpoints) {
    this.#context = context;
    this.#follower = follower;
    this.#checkpoints = checkpoints;
    this.#generation = context.replica.state().generation;
  }

  /** As the port says. */
  commit(build: Build): Promise<Batch | undefined> {
    return this.#turn.take(() => this.#commit(build));
  }

  async #commit(build: Build): Promise<Batch | undefined> {
    this.#signer();
    const deadline = performance.now() + this.#context.busyTimeout;
    if (this.#pending !== undefined) await this.#resolve(this.#pending, deadline);
    const pinned = new Pinned();
    for (let tries = 0; ; tries++) {
      await requireClock(this.#context.bucket, () => this.#follower.refresh());
      await this.#requireWhole();
      this.#context.retentions.tell();
      const state = this.#context.replica.state();
      const batch = await this.#build(build, state, pinned);
      if (batch === 'again') {
        if (performance.now() < deadline) continue;
        throw new StoreError('STORE_BUSY', 'the log was another one each time that a commit was built');
      }
      if (batch === undefined) {
        // What stands already is acknowledged now, perhaps: whoever put it may not have come to its checkpoint.
        await this.#checkpoints.rolledForward(state.next, deadline);
        return undefined;
      }
      if (await this.#append(state, batch, deadline)) return batch;
      if (performance.now() >= deadline)
        throw new StoreError('STORE_BUSY', `other writers were first ${tries + 1} times in a row`);
      await backOff(tries);
      await this.#follower.refresh();
    }
  }

  /** Refuses to go on from a log that has lost its tail, where a checkpoint in the bucket tells (format v1 §2). */
  async #requireWhole(): Promise<void> {
    const { generation } = this.#context.replica.state();
    if (generation !== this.#generation) {
      // Another process has emptied the replica. What that one found missing must not be written anew.
      await this.#follower.refresh();
      await requireHeld(this.#context, this.#follower);
      this.#isWhole = false;
    }
    if (this.#isWhole) return;
    const head = await this.#checkpoints.newest();
    if (head !== undefined && head.size > this.#context.replica.state().next) await this.#follower.refresh();
    const { next } = this.#context.replica.state();
    if (head !== undefined && head.size > next)
      throw new StoreError(
        'STORE_CORRUPT',
        `a checkpoint covers ${head.size} entries and there are ${next}: nothing is appended to a log that lost its tail`,
        { index: next },
      );
    this.#isWhole = true;
    this.#generation = generation;
  }

  /** What the builder makes of the log as the replica has it. Its refusal counts only when the replica was not behind. */
  async #build(build: Build, state: ReplicaState, pinned: Pinned): Promise<Batch | undefined | 'again'> {
    let view: View | undefined;
    let result: { readonly batch: Batch | undefined } | { readonly error: unknown };
    try {
      view = new View(this.#context, pinned, state.next, this.#checkpoints.headOf(state.next));
      const batch = build(view);
      if (batch !== undefined) checkBatch(this.#context.replica, state.next, batch);
      result = { batch };
    } catch (error) {
      result = { error };
    } finally {
      view?.end();
    }
    if (!this.#isAt(state)) return 'again';
    if (view?.missing !== undefined) {
      await pinned.fetch(this.#context, view.missing);
      return 'again';
    }
    if ('batch' in result && result.batch !== undefined) return result.batch;
    await this.#follower.refresh();
    if (!this.#isAt(state)) return 'again';
    if ('error' in result) throw result.error;
    return undefined;
  }

  /** Whether the replica stands where it stood, and was never empty in between: all that was asked of it was of one log. */
  #isAt({ next, generation }: ReplicaState): boolean {
    const now = this.#context.replica.state();
    return now.next === next && now.generation === generation;
  }

  /** Whether the batch is now what the log has from where the replica stands on; if not, another writer's segment was taken in. */
  async #append(state: ReplicaState, batch: Batch, deadline: number): Promise<boolean> {
    if (!this.#isAt(state)) return false;
    const attempt = this.#attemptOf(state, batch);
    const settled = await this.#settle(state, attempt, deadline);
    if (settled.kind === 'others') return false;
    // The checkpoint is on its way while the replica is written; the receipt waits for both.
    const storing = this.#checkpoints.store(batch.head, deadline);
    storing.catch(() => undefined);
    this.#takeOwn(state, batch, settled.version, attempt.bytes);
    await storing;
    return true;
  }

  #attemptOf(state: ReplicaState, batch: Batch): Attempt {
    const signer = this.#signer();
    const { entries, leafHashes, ids, parts } = batch;
    const first = state.next;
    const prev = state.prev ?? originPrev(signer.name);
    const nonce = randomBytes(NONCE);
    const origin = signer.name;
    const bytes = encodeSegment({ origin, first, prev, entries, leafHashes, ids, parts, signer, nonce });
    const end = { end: first + entries.length, leaf: leafHashes.slice(-HASH) };
    return { first, ...end, bytes, lock: lockFrom(this.#context, entries), isUnknown: false };
  }

  async #settle(state: ReplicaState, attempt: Attempt, deadline: number): Promise<Settled> {
    const trust = trustNext(this.#context, state);
    const expectation = { trust, accept: continues(state, trust.origin) };
    try {
      const settled = await settle(this.#context, attempt, expectation, deadline);
      if (settled.kind === 'others')
        takeSegment(this.#context, settled.segment, settled.version, keysAt(this.#context, state));
      return settled;
    } finally {
      this.#pending = attempt.isUnknown ? attempt : undefined;
    }
  }

  /** Finds out what became of an earlier attempt, unless the log has gone on beyond its key. */
  async #resolve(attempt: Attempt, deadline: number): Promise<void> {
    await this.#follower.refresh();
    const state = this.#context.replica.state();
    if (state.next === attempt.first) {
      const settled = await this.#settle(state, attempt, deadline);
      if (settled.kind === 'mine') await this.#follower.refresh();
      return;
    }
    if (state.next > attempt.first) this.#pending = undefined;
  }

  #takeOwn(state: ReplicaState, batch: Batch, version: string, bytes: Uint8Array): void {
    const { name, vkey } = this.#signer();
    const { entries, head } = batch;
    const { prev, root } = claimIn(bytes);
    const first = state.next;
    const facts = head.control >= first ? factsOf(first, entries) : undefined;
    const keys = state.keys.length === 0 ? [vkey] : state.keys;
    const isTaken = takeIn(this.#context.replica, {
      ...batch,
      first,
      count: entries.length,
      version,
      size: bytes.length,
      prev,
      root,
      control: facts === undefined ? undefined : head.control,
      origin: name,
      keys: keysAfter(name, keys, facts?.rotations ?? []),
      retentions: facts?.retentions ?? [],
      recorded: newestIn(entries),
    });
    if (isTaken) this.#context.retentions.tell();
  }

  #signer(): Signer {
    const { signer, replica } = this.#context;
    const { keys } = replica.state();
    const inForce = keys.at(-1);
    if (signer !== undefined && inForce !== undefined && inForce !== signer.vkey)
      throw new StoreError(
        'STORE_READ_ONLY',
        'the signing key is not the one in force: what it signs is no part of the log',
      );
    if (signer === undefined) throw new StoreError('STORE_READ_ONLY', 'the log was opened for reading');
    return signer;
  }
}
