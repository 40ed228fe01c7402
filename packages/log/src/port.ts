/**
 * The store port: what a log needs of the place where it is kept. Stores share this contract and
 * a conformance suite, never code (format v1 §6).
 *
 * @module
 */
import type { EntryIndex, Signer, TreeSize } from '@zegel/core';

/**
 * One stored entry. `bytes` is undefined when its body was pruned; the leaf hash always stays. Both
 * are views of a larger buffer, not to be written to; who keeps one entry for long copies it.
 */
export interface StoredEntry {
  readonly index: EntryIndex;
  /** 32 bytes; zeros where `damage` says that the store can't read the hash. */
  readonly leafHash: Uint8Array;
  readonly bytes: Uint8Array | undefined;
  /**
   * What is wrong with the store's own container at this entry, for people; verification reports
   * it as `store-damaged`. `bytes` and `leafHash` are then what could still be read.
   */
  readonly damage?: string;
}

/** A signed tree head, stored compactly; the note is rebuilt from it and the origin. */
export interface StoredHead {
  readonly size: TreeSize;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** One or more of: 4-byte key id followed by the 64-byte Ed25519 signature. */
  readonly signatures: Uint8Array;
  /**
   * Index of the newest entry below `size` whose kind is not `access`, so that a writer finds the
   * control chain (format v1 §1) without reading back. Unsigned: a convenience, checked by verification.
   */
  readonly control: number;
}

/** A perfect subtree of 256^level leaves (level from 1), the n-th of its level. */
export interface Subtree {
  readonly level: number;
  readonly n: number;
  readonly hash: Uint8Array;
}

/** What one commit adds, all or none. */
export interface Batch {
  /**
   * Exact entry bytes, in order; the first has index `head.size`. Views that are good until `commit` resolves or calls `build` again.
   * Undefined is a body that was pruned elsewhere, which only copying a log brings: it is pruned here from the start.
   */
  readonly entries: readonly (Uint8Array | undefined)[];
  /** 32 bytes per entry, in order. */
  readonly leafHashes: Uint8Array;
  /** 16 bytes per entry, in order: the entry's UUID. */
  readonly ids: Uint8Array;
  /** Part number per entry, 0 for an entry that is not split (format v1 §1 `part`). */
  readonly parts: readonly number[];
  /** Subtrees that these entries complete. */
  readonly subtrees: readonly Subtree[];
  /** The checkpoint that covers them. */
  readonly head: StoredHead;
}

/**
 * What a commit may look at, synchronously, while nobody else can append. Valid only inside the
 * callback given to {@link LogStore.commit}.
 */
export interface CommitView {
  /** The newest checkpoint, undefined in a store without entries. */
  readonly head: StoredHead | undefined;
  /** Number of entries; equals `head.size`. */
  readonly size: number;
  /** Index of the first entry (part 0 or 1) with this UUID below the head. */
  find(id: Uint8Array): number | undefined;
  /** Entries `from` (included) to `to` (excluded). */
  read(from: number, to: number): readonly StoredEntry[];
}

/** Bodies that a `retention` entry covers and that may go. Indexes are inclusive. */
export interface Cover {
  /** Index of the covering `retention` entry. */
  readonly by: number;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** What an inspection found that is no damage. */
export interface Remark {
  /** Of the finding that it becomes. */
  readonly code: 'race-lost';
  /** For people. */
  readonly remark: string;
}

/**
 * An append-only store of one log.
 *
 * Durability: when a promise of `commit` or `prune` resolves, the change survives a crash of the
 * process and of the machine. Atomicity: a batch is there whole or not at all, with its
 * checkpoint. Isolation: `commit` is compare-and-append; several processes may call it at once.
 * Consistency of reads: a reader sees whole commits only, and never fewer than before.
 * Retries: the store waits for other writers by itself and reports `STORE_BUSY` only after its
 * time-out; the caller decides whether to try again.
 */
export interface LogStore {
  /**
   * Calls `build` with the true head, at least once and at most as often as other writers win the
   * race, and stores what it returns. `build` must be synchronous and repeatable. Returns
   * what was stored, or undefined when `build` returned undefined (nothing to do).
   */
  commit(build: (view: CommitView) => Batch | undefined): Promise<Batch | undefined>;
  /** The newest checkpoint, undefined while the log is empty. */
  head(): Promise<StoredHead | undefined>;
  /** Stored checkpoints with `from <= size < to`, ascending, at most `limit`. */
  heads(from: number, to: number, limit: number): Promise<readonly StoredHead[]>;
  /**
   * Entries `from` (included) to `to` (excluded, clipped at the last entry there is), in chunks in
   * index order. Damage is data, not an exception: an entry says so itself, a lost one is a jump in
   * `index`, and entries beyond the newest checkpoint are given too, so that verification can name all of it.
   */
  read(from: number, to: number): AsyncIterable<readonly StoredEntry[]>;
  /** Leaf hashes of the same range, 32 bytes each. Fails with `STORE_CORRUPT` and `index` where one is missing. */
  leafHashes(from: number, to: number): Promise<Uint8Array>;
  /** Stored subtree hashes in the order asked; undefined where there is none. */
  subtrees(
    nodes: readonly { readonly level: number; readonly n: number }[],
  ): Promise<readonly (Uint8Array | undefined)[]>;
  /** Index of the first entry (part 0 or 1) with this UUID. */
  findById(id: Uint8Array): Promise<EntryIndex | undefined>;
  /** Every (id, part, index) row of the store's own id table, ascending by id and part, in chunks; for verification. */
  idRows(): AsyncIterable<
    readonly { readonly id: Uint8Array; readonly part: number; readonly index: number }[]
  >;
  /** Removes the bodies that a cover names; leaf hashes stay. Idempotent. */
  prune(cover: Cover): Promise<void>;
  /** Resolves when the log has more than `size` entries, or the signal aborts. */
  grown(size: number, signal?: AbortSignal): Promise<void>;
  /**
   * Checks the container itself (pages, tables, triggers); an empty list is good. Messages name what is damaged.
   * `outline` leaves out whatever costs time in proportion to the size of the log, for incremental verification.
   * `terms` are the shortest of each activity that the log ever promised, ms: what was locked for no longer is locked well.
   */
  inspect(
    extent?: 'whole' | 'outline',
    terms?: Readonly<Record<string, number>>,
  ): Promise<readonly (string | Remark)[]>;
  /**
   * Signed checkpoints (notes) of a log of this name that the store once saw in this place, by what it keeps elsewhere, and that what is
   * there now does not bear out. Left out by a store that keeps nothing elsewhere.
   */
  remembered?(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * The `code` of every error that a store throws on purpose. `STORE_FULL`, `STORE_READ_ONLY`, `STORE_BUSY`
 * and `STORE_IO` leave the store as it was before the call and good for another try, but for a store over a network: after
 * its `STORE_IO` the change may be there all the same. `STORE_UNSAFE` is a place that can't keep what a log promises;
 * `STORE_CLOCK` tells that this machine's clock is too far from that of the place for anything to be recorded by it.
 */
export type StoreErrorCode =
  | 'STORE_EXISTS'
  | 'STORE_NOT_FOUND'
  | 'STORE_VERSION'
  | 'STORE_CORRUPT'
  | 'STORE_READ_ONLY'
  | 'STORE_FULL'
  | 'STORE_BUSY'
  | 'STORE_IO'
  | 'STORE_CLOSED'
  | 'STORE_UNSAFE'
  | 'STORE_CLOCK';

/** How a store is opened. */
export interface StoreOptions {
  /** `create` makes a new store and refuses an existing one; `write` and `read` need an existing one. */
  readonly mode: 'create' | 'write' | 'read';
  /** Milliseconds to wait for other writers before `STORE_BUSY`. Default 10,000. */
  readonly busyTimeout?: number;
  /** Signs what such a store signs itself; its name is the origin. A store that signs nothing ignores it. */
  readonly signer?: Signer;
  /**
   * Checkpoints that were signed elsewhere, by size. Where the last entries stand without one, as after a crash, such a store takes
   * that, if it is one of its log, rather than sign one itself.
   */
  readonly signed?: (size: number) => Promise<StoredHead | undefined>;
  /** The verifier key that such a store is held to when it is read. Default: the one that its genesis names, its own word. */
  readonly vkey?: string;
  /** Folder for what a store derives and keeps on this machine; made when it is missing. Without it that is kept in memory. */
  readonly home?: string;
  /** Hears of handles (16 bytes each) that a `retention` entry names, when the store first sees it. */
  readonly onRetention?: (numbers: readonly Uint8Array[]) => void;
  /** Shortest term of each activity, ms: no lock on bodies goes beyond it. An activity that is not named has none. */
  readonly terms?: Readonly<Record<string, number>>;
}

/** A handle as a remote vault keeps it: enveloped, so that only who has the key-encryption key learns anything of it. */
export interface KeptObject {
  /** 16 bytes. */
  readonly number: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Where the vault of a log is that several machines write to: an object for each handle, which can be deleted and then is
 * gone (format v1 §6). What each machine needs of it, it keeps in a vault of its own. Every method throws `STORE_IO` when the
 * place can't be reached.
 */
export interface RemoteVault {
  /** The vault's own keys, enveloped; undefined where no vault was made yet. */
  secrets(): Promise<Uint8Array | undefined>;
  /** Keeps the vault's own keys, unless there are some. Returns those that are there now. */
  keepSecrets(secrets: Uint8Array): Promise<Uint8Array>;
  /** Makes handles; durable when it resolves. Of one that could not be made all may be there. */
  put(handles: readonly KeptObject[]): Promise<void>;
  /** Handles by number, in the order asked; undefined where there is none. */
  get(numbers: readonly Uint8Array[]): Promise<readonly (Uint8Array | undefined)[]>;
  /** Deletes handles for good. Idempotent. */
  remove(numbers: readonly Uint8Array[]): Promise<void>;
  /** Numbers of all handles, in chunks. */
  numbers(): AsyncIterable<readonly Uint8Array[]>;
  close(): void;
}

/** What a store package exports, so that a composition root can choose it by URL. */
export interface StoreModule {
  openStore(location: string, options: StoreOptions): Promise<LogStore>;
  /** Where a log is no folder: opens the place of its vault. */
  openVault?(location: string): Promise<RemoteVault>;
}
