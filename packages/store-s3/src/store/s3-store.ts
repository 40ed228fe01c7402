import { type EntryIndex, entryIndex, headNote } from '@zegel/core';
import type { Batch, CommitView, Cover, LogStore, Remark, StoredEntry, StoredHead } from '@zegel/log/port';
import type { Terms } from '../lock.ts';
import { subtreeHash } from '../replica/hashes.ts';
import { findId, idRowsAfter } from '../replica/lookups.ts';
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
import { followedSize, localSize, newest } from './sizes.ts';

const ID_ROWS = 1000;
/** Times that something is tried while other processes empty the replica that it reads. */
const TRIES = 5;

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
      if (this.#context.signer === undefined) return newest(this.#context, this.#follower, this.#checkpoints);
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
        if (!this.#isPassing(cause, generation)) throw this.#translated(cause);
      }
      if (tries === TRIES) throw this.#unsteady();
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
        return localSize(this.#context);
      },
      remote: () => this.#use(() => followedSize(this.#context, this.#follower, this.#checkpoints)),
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

  /** Does `work`, which changes nothing that counts, again when the replica was emptied meanwhile, by whomever. */
  async #use<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; tries <= TRIES; tries++) {
      this.#check();
      let generation: string | undefined;
      try {
        generation = this.#generation();
        const result = await work();
        if (this.#generation() === generation) return result;
      } catch (cause) {
        if (!this.#isPassing(cause, generation)) throw this.#translated(cause);
      }
      await this.#follower.refresh().catch((cause: unknown) => {
        if (!(cause instanceof ReplicaDamaged)) throw this.#translated(cause);
      });
    }
    throw this.#unsteady();
  }

  #generation(): string {
    return this.#context.replica.state().generation;
  }

  /** Whether something failed because the replica was emptied under its feet. */
  #isPassing(cause: unknown, generation: string | undefined): boolean {
    if (this.#closed || cause instanceof ReplicaDamaged) return !this.#closed;
    try {
      return generation !== undefined && this.#generation() !== generation;
    } catch (damage) {
      return damage instanceof ReplicaDamaged;
    }
  }

  #unsteady(): StoreError {
    return new StoreError('STORE_BUSY', 'what this machine keeps of the log was emptied again and again');
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
