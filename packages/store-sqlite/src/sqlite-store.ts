import { entryIndex, type EntryIndex } from '@zegel/core';
import type { Batch, CommitView, Cover, LogStore, StoredEntry, StoredHead, Subtree } from '@zegel/log/port';
import type { Access } from './access.ts';
import { commit } from './commit.ts';
import type { Connection } from './connection.ts';
import { Growth } from './growth.ts';
import { inspect } from './inspect.ts';
import { patiently } from './patience.ts';
import { prune } from './prune.ts';
import { findId, headsBetween, type IdRow, idRowsAfter, newestHead, subtreeHash } from './queries.ts';
import { scan, scanHashes } from './scan.ts';
import { StoreError } from './store-error.ts';

const ID_ROWS = 1024;

/**
 * A log in one SQLite file. Every call is a transaction of its own on one connection; calls that meet a
 * lock wait without blocking the event loop, the writing itself blocks it for as long as it takes.
 */
export class SqliteStore implements LogStore {
  readonly #access: Access;
  readonly #busyTimeout: number;
  readonly #growth = new Growth();
  #closed = false;

  constructor(access: Access, busyTimeout: number) {
    this.#access = access;
    this.#busyTimeout = busyTimeout;
  }

  async commit(build: (view: CommitView) => Batch | undefined): Promise<Batch | undefined> {
    const outcome = await this.#use((connection) => commit(connection, build));
    switch (outcome.kind) {
      case 'stored':
        this.#growth.announce();
        return outcome.batch;
      case 'nothing':
        return undefined;
      case 'failed':
        throw outcome.cause;
      default:
        return outcome satisfies never;
    }
  }

  head(): Promise<StoredHead | undefined> {
    return this.#use(newestHead);
  }

  heads(from: number, to: number, limit: number): Promise<readonly StoredHead[]> {
    return this.#use((connection) => headsBetween(connection, from, to, limit));
  }

  read(from: number, to: number): AsyncIterable<readonly StoredEntry[]> {
    return scan(this.#use, from, to);
  }

  leafHashes(from: number, to: number): Promise<Uint8Array> {
    return scanHashes(this.#use, from, to);
  }

  subtrees(nodes: readonly Pick<Subtree, 'level' | 'n'>[]): Promise<readonly (Uint8Array | undefined)[]> {
    return this.#use((connection) => nodes.map((node) => subtreeHash(connection, node)));
  }

  findById(id: Uint8Array): Promise<EntryIndex | undefined> {
    return this.#use((connection) => {
      const index = findId(connection, id);
      return index === undefined ? undefined : entryIndex(index);
    });
  }

  async *idRows(): AsyncGenerator<readonly IdRow[], void> {
    let last: IdRow | undefined;
    do {
      const rows = await this.#use((connection) => idRowsAfter(connection, last, ID_ROWS));
      if (rows.length > 0) yield rows;
      last = rows.at(-1);
    } while (last !== undefined);
  }

  prune(cover: Cover): Promise<void> {
    return prune(this.#use, cover);
  }

  grown(size: number, signal?: AbortSignal): Promise<void> {
    return this.#growth.wait(this.#access, this.#use, size, signal);
  }

  inspect(extent: 'whole' | 'outline' = 'whole'): Promise<readonly string[]> {
    return this.#use((connection) => inspect(connection, extent));
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#growth.announce();
      this.#access.close();
    }
    return Promise.resolve();
  }

  readonly #use = <T>(work: (connection: Connection) => T): Promise<T> =>
    patiently(this.#busyTimeout, () => {
      if (this.#closed) throw new StoreError('STORE_CLOSED', 'the store was closed');
      return this.#access.use(work);
    });
}
