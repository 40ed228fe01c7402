import { type EntryIndex, entryIndex, headNote } from '@zegel/core';
import type { Batch, CommitView, Cover, LogStore, Remark, StoredEntry, StoredHead } from '@zegel/log/port';
import type { Terms } from '../lock.ts';
import { subtreeHash } from '../replica/hashes.ts';
import { findId, idRowsAfter, newestHead } from '../replica/lookups.ts';
import { ReplicaDamaged } from '../replica/replica-damaged.ts';
import type { IdRow } from '../replica/rows.ts';
import { StoreError } from '../store-error.ts';
import { Checkpoints } from './checkpoints.ts';
import { Committer } from './committer.ts';
import type { Context } from './context.ts';
import type { Follower } from './follower.ts';
import { Growth } from './growth.ts';
import { remembered } from './held-to.ts';
import { inspectLog } from './inspector.ts';
import { Pruner } from './pruner.ts';
import { Scanner } from './scanner.ts';
import { steadily, TRIES, unsteady, wasEmptied } from './steady.ts';

const ID_ROWS = 1000;

/** A log in a bucket; see the port for what each call promises. */
export class S3Store implements LogStore {
  readonly #context: Context;
  readonly #follower: Follower;
  readonly #checkpoints: Checkpoints;
  readonly #committer: Committer;
  readonly #scanner: Scanner;
  readonly #pruner: Pruner;
  readonly #growth: Growth;
  #closed = false;

  constructor(context: Context, follower: Follower) {
    this.#context = context;
    this.#growth = new Growth(context.place.pollMs);
    this.#follower = follower;
    this.#checkpoints = new Checkpoints(context);
    this.#committer = new Committer(context, follower, this.#checkpoints);
    this.#scanner = new Scanner(context, follower);
    this.#pruner = new Pruner(context, follower);
  }

  async commit(build: (view: CommitView) => Batch | undefined): Promise<Batch | undefined> {
    const batch = await this.#once(() => this.#committer.commit(build));
    if (batch !== undefined) this.#growth.announce();
    return batch;
  }

  head(): Promise<StoredHead | undefined> {
    return this.#use(async () => {
      await this.#follower.refresh();
      if (this.#context.signer === undefined) return this.#newest();
      const deadline = performance.now() + this.#context.busyTimeout;
      return this.#checkpoints.rolledForward(this.#context.replica.state().next, deadline);
    });
  }

  heads(from: number, to: number, limit: number): Promise<readonly StoredHead[]> {
    return this.#use(async () => {
      await this.#follower.refresh();
      return this.#checkpoints.between(from, to, limit);
    });
  }

  async *read(from: number, to: number): AsyncGenerator<readonly StoredEntry[], void> {
    let at = from;
    for (let tries = 1; ; tries++) {
      let generation: string | undefined;
      try {
        this.#check();
        generation = this.#generation();
        for await (const chunk of this.#scanner.entries(at, to)) {
          // What is missing may be so because another process has just emptied the replica.
          if (this.#generation() !== generation) break;
          at = (chunk.at(-1)?.index ?? at) + 1;
          tries = 1;
          yield chunk;
          this.#check();
        }
        if (this.#generation() === generation) return;
      } catch (cause) {
        const isPassing = !this.#closed && wasEmptied(this.#context.replica, generation, cause);
        if (!isPassing) throw this.#translated(cause);
      }
      if (tries === TRIES) throw unsteady();
    }
  }

  leafHashes(from: number, to: number): Promise<Uint8Array> {
    return this.#use(() => this.#scanner.leafHashes(from, to));
  }

  subtrees(
    nodes: readonly { readonly level: number; readonly n: number }[],
  ): Promise<readonly (Uint8Array | undefined)[]> {
    return this.#use(async () => {
      const find = () => this.#context.replica.read((rows) => nodes.map((node) => subtreeHash(rows, node)));
      const found = find();
      if (found.every((hash) => hash !== undefined)) return found;
      await this.#follower.refresh();
      return find();
    });
  }

  findById(id: Uint8Array): Promise<EntryIndex | undefined> {
    return this.#use(async () => {
      const find = () => this.#context.replica.read((rows) => findId(rows, id));
      let index = find();
      if (index === undefined) {
        await this.#follower.refresh();
        index = find();
      }
      return index === undefined ? undefined : entryIndex(index);
    });
  }

  async *idRows(): AsyncGenerator<readonly IdRow[], void> {
    let generation: string | undefined;
    let last: IdRow | undefined;
    do {
      const rows = await this.#use(async () => {
        if (this.#generation() !== generation) await this.#follower.refresh();
        generation = this.#generation();
        return this.#context.replica.read((all) => idRowsAfter(all, last, ID_ROWS));
      });
      if (rows.length > 0) yield rows;
      last = rows.at(-1);
    } while (last !== undefined);
  }

  prune(cover: Cover): Promise<void> {
    return this.#use(() => this.#pruner.prune(cover));
  }

  grown(size: number, signal?: AbortSignal): Promise<void> {
    const sizes = {
      local: () => {
        this.#check();
        return this.#localSize();
      },
      remote: () => this.#use(() => this.#followed()),
    };
    return this.#once(() => this.#growth.wait(sizes, size, signal));
  }

  remembered(): Promise<readonly string[]> {
    return this.#use(async () => {
      await this.#follower.refresh();
      return remembered(this.#context).map(({ head }) => headNote(head.origin, head));
    });
  }

  inspect(
    extent: 'whole' | 'outline' = 'whole',
    terms: Terms = this.#context.terms,
  ): Promise<readonly (string | Remark)[]> {
    return this.#use(() => inspectLog(this.#context, this.#follower, extent, terms));
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#growth.announce();
      this.#context.bucket.close();
      this.#context.replica.close();
    }
    return Promise.resolve();
  }

  async #newest(): Promise<StoredHead | undefined> {
    const head = await this.#checkpoints.newest();
    if (head === undefined || head.size <= this.#context.replica.state().next) return head;
    // Someone appended in between, or else what it covers is lost.
    await this.#follower.refresh();
    return this.#checkpoints.newest();
  }

  /** Size of the log as followers see it: one listing where nothing has come, and a read more where something has. */
  async #followed(): Promise<number> {
    await this.#follower.refresh();
    const { replica, signer } = this.#context;
    const { next } = replica.state();
    if (signer !== undefined) return next;
    const known = replica.read(newestHead)?.size ?? 0;
    if (known >= next) return known;
    return ((await this.#checkpoints.at(next)) ?? (await this.#newest()))?.size ?? 0;
  }

  #localSize(): number {
    const { replica, signer } = this.#context;
    return signer === undefined ? (replica.read(newestHead)?.size ?? 0) : replica.state().next;
  }

  /** Does `work`, which changes nothing that counts, again where the replica was emptied meanwhile. */
  async #use<T>(work: () => Promise<T>): Promise<T> {
    this.#check();
    const refresh = () => this.#follower.refresh();
    try {
      return await steadily(this.#context.replica, refresh, work);
    } catch (cause) {
      throw this.#translated(cause);
    }
  }

  #generation(): string {
    return this.#context.replica.state().generation;
  }

  /** Does `work`, again after the replica was found damaged and has been emptied: it is taken in anew. */
  async #once<T>(work: () => Promise<T>): Promise<T> {
    this.#check();
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof ReplicaDamaged) || this.#closed) throw this.#translated(cause);
    }
    try {
      await this.#follower.refresh();
      return await work();
    } catch (cause) {
      throw this.#translated(cause);
    }
  }

  #check(): void {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'the store was closed');
  }

  /** Whatever closing interrupted was ended by it. */
  #translated(cause: unknown): unknown {
    return this.#closed ? new StoreError('STORE_CLOSED', 'the store was closed', { cause }) : cause;
  }
}
