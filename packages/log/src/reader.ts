import {
  formatTlogProof,
  type HashReader,
  proveInclusion,
  treeSize,
  type TreeSize,
  type EntryIndex,
} from '@zegel/core';
import { LogError } from './errors.ts';
import { hashReader } from './hashes.ts';
import { headNote } from './head-note.ts';
import { parseLocation } from './location.ts';
import type { LogStore, StoredEntry, StoredHead } from './port.ts';
import { openStoreAt } from './stores.ts';

/** Reads a log's bare bytes and proofs. Trusts nothing and opens nothing: that is verification's and the vault's part. */
export interface LogReader extends AsyncDisposable {
  /** What the genesis says the log is called. */
  readonly origin: string;
  /** The verifier key that the genesis names: the log's own word, to be compared with one kept elsewhere. */
  readonly vkey: string;
  readonly hashes: HashReader;
  size(): Promise<TreeSize>;
  /** Entries `from` (included) to `to` (excluded, clipped at the head), in chunks, in index order. */
  read(from: number, to: number): AsyncIterable<readonly StoredEntry[]>;
  /** One entry. @throws LogError `INDEX_OUT_OF_RANGE` */
  entry(index: number): Promise<StoredEntry>;
  /** Stored leaf hashes of a range, 32 bytes each, without reading bodies. @throws the store's `STORE_CORRUPT` where one is missing */
  leafHashes(from: number, to: number): Promise<Uint8Array>;
  /** Entries from an index on, for ever: waits for new ones until the signal aborts. */
  follow(from: number, signal?: AbortSignal): AsyncIterable<readonly StoredEntry[]>;
  /** The newest signed checkpoint, a note; it covers everything acknowledged. */
  checkpoint(): Promise<string>;
  /** Stored heads with `from <= size < to`, at most `limit`. */
  heads(from: number, to: number, limit: number): Promise<readonly StoredHead[]>;
  /** Index of the first entry with this UUID (16 bytes). */
  findById(id: Uint8Array): Promise<EntryIndex | undefined>;
  /** An inclusion proof of an entry in the newest checkpoint, in C2SP tlog-proof form. @throws LogError `INDEX_OUT_OF_RANGE` */
  prove(index: number): Promise<string>;
  close(): Promise<void>;
}

/** Opens a log for reading its bytes; needs no keys. @throws LogError, or the store's error where there is no log */
export async function openReader(url: string): Promise<LogReader> {
  const store = await openStoreAt(parseLocation(url), { mode: 'read' });
  try {
    return new StoreReader(store, await readGenesis(store));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What the first entry of a store says; its own word. @throws LogError `LOG_DAMAGED`, `LOG_NOT_FOUND` */
export async function readGenesis(
  store: LogStore,
): Promise<{ readonly origin: string; readonly vkey: string }> {
  if ((await store.head()) === undefined)
    throw new LogError('LOG_NOT_FOUND', 'the store has no entries: no log was made in it');
  for await (const [entry] of store.read(0, 1)) {
    if (entry?.bytes === undefined) break;
    return parseGenesis(entry.bytes);
  }
  throw new LogError('LOG_DAMAGED', 'the first entry has no body');
}

function parseGenesis(bytes: Uint8Array): { origin: string; vkey: string } {
  try {
    const { kind, origin, vkey } = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    if (kind === 'genesis' && typeof origin === 'string' && typeof vkey === 'string') return { origin, vkey };
  } catch (cause) {
    throw new LogError('LOG_DAMAGED', 'the first entry is not JSON', { cause });
  }
  throw new LogError('LOG_DAMAGED', 'the first entry is not a genesis');
}

/** A {@link LogReader} over a store, which it closes. */
export class StoreReader implements LogReader {
  readonly origin: string;
  readonly vkey: string;
  readonly hashes: HashReader;
  readonly store: LogStore;

  constructor(store: LogStore, genesis: { readonly origin: string; readonly vkey: string }) {
    this.store = store;
    this.origin = genesis.origin;
    this.vkey = genesis.vkey;
    this.hashes = hashReader(store);
  }

  async size(): Promise<TreeSize> {
    return (await this.store.head())?.size ?? treeSize(0);
  }

  read(from: number, to: number): AsyncIterable<readonly StoredEntry[]> {
    return this.store.read(from, to);
  }

  async entry(index: number): Promise<StoredEntry> {
    const size = await this.size();
    if (Number.isSafeInteger(index) && index >= 0 && index < size)
      for await (const [entry] of this.store.read(index, index + 1)) if (entry !== undefined) return entry;
    throw new LogError(
      'INDEX_OUT_OF_RANGE',
      `there is no entry ${index}: the log has ${size} entries, from 0`,
    );
  }

  leafHashes(from: number, to: number): Promise<Uint8Array> {
    return this.store.leafHashes(from, to);
  }

  async *follow(from: number, signal?: AbortSignal): AsyncGenerator<readonly StoredEntry[]> {
    let next = from;
    while (signal?.aborted !== true) {
      const size = await this.size();
      if (next < size) {
        for await (const chunk of this.store.read(next, size)) {
          yield chunk;
          if (signal?.aborted) return;
        }
        next = size;
      }
      await this.store.grown(next, signal);
    }
  }

  async checkpoint(): Promise<string> {
    const head = await this.store.head();
    if (head === undefined)
      throw new LogError('LOG_NOT_FOUND', 'the store has no entries: no log was made in it');
    return headNote(this.origin, head);
  }

  heads(from: number, to: number, limit: number): Promise<readonly StoredHead[]> {
    return this.store.heads(from, to, limit);
  }

  findById(id: Uint8Array): Promise<EntryIndex | undefined> {
    return this.store.findById(id);
  }

  async prove(index: number): Promise<string> {
    const head = await this.store.head();
    const { index: at } = await this.entry(index);
    if (head === undefined) throw new LogError('LOG_NOT_FOUND', 'the store has no entries');
    const hashes = await proveInclusion(at, head.size, this.hashes);
    return formatTlogProof({ index: at, hashes, checkpoint: headNote(this.origin, head) });
  }

  close(): Promise<void> {
    return this.store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
