import {
  type CompactRange,
  equalBytes,
  HASH_BYTES,
  leafHash,
  parseUuid,
  SIGNATURE_BYTES,
  treeRoot,
  type TreeSize,
} from '@zegel/core';
import { edgeAt } from '../commit/replay.ts';
import { LogError } from '../errors.ts';
import { hashReader } from '../hashes.ts';
import type { Batch, LogStore, StoredEntry, StoredHead, Subtree } from '../port.ts';
import type { EntryName, GoneIds } from './gone-ids.ts';

/** What came of the entries. */
export interface CopiedEntries {
  /** Entries that the target had already. */
  readonly before: number;
  /** Entries copied. */
  readonly copied: number;
  /** Checkpoints copied. */
  readonly checkpoints: number;
}

/** How they are copied. */
export interface CopyManner {
  readonly gone: GoneIds;
  /** A batch for each stored checkpoint. */
  readonly isEach: boolean;
  readonly onProgress: (done: number) => void;
}

/** Entries and bytes from which on a batch ends at the next checkpoint. */
const MOST_ENTRIES = 8192;
const MOST_BYTES = 16 * 2 ** 20;
const HEADS = 1000;

/**
 * Appends to the target what it lacks of the source up to a head, in batches that end at stored heads and carry them, signatures and all.
 * Every hash is computed anew and every root compared, so that what is copied is what was verified.
 *
 * @throws LogError `LOG_FORKED`, `LOG_DAMAGED`
 */
export async function copyEntries(
  source: LogStore,
  target: LogStore,
  head: StoredHead,
  manner: CopyManner,
): Promise<CopiedEntries> {
  const before = await requirePrefix(source, target, head);
  const copier = new Copier(target, await edgeAt(before as TreeSize, hashReader(source)), manner);
  const heads = headsFrom(source, before + 1, head.size);
  let next = (await heads.next()).value;
  for await (const chunk of source.read(before, head.size))
    for (const entry of chunk) {
      if (next === undefined) break;
      copier.add(entry);
      if (entry.index + 1 < next.size) continue;
      await copier.reach(next);
      next = (await heads.next()).value;
    }
  await copier.flush();
  if (copier.size !== head.size)
    throw new LogError('LOG_DAMAGED', `the source ends at entry ${copier.size}, and not at ${head.size}`);
  return { before, copied: head.size - before, checkpoints: copier.checkpoints };
}

/** What the target has must be the beginning of the source. Returns how much that is. */
async function requirePrefix(source: LogStore, target: LogStore, head: StoredHead): Promise<number> {
  const there = await target.head();
  if (there === undefined) return 0;
  if (there.size > head.size)
    throw new LogError(
      'LOG_FORKED',
      `the target has ${there.size} entries, the source ${head.size}: it was written to`,
    );
  if (equalBytes(await treeRoot(there.size, hashReader(source)), there.root)) return there.size;
  throw new LogError('LOG_FORKED', `the target has other entries than the source below ${there.size}`);
}

async function* headsFrom(store: LogStore, from: number, to: number): AsyncGenerator<StoredHead, undefined> {
  for (let at = from; at <= to; ) {
    const heads = await store.heads(at, to + 1, HEADS);
    yield* heads;
    const last = heads.at(-1);
    if (last === undefined) return undefined;
    at = last.size + 1;
  }
  return undefined;
}

/** Gathers entries and commits them at checkpoints. */
class Copier {
  readonly #target: LogStore;
  readonly #manner: CopyManner;
  #range: CompactRange;
  #entries: StoredEntry[] = [];
  #bytes = 0;
  /** The last checkpoint reached, with the tree's edge there and how many of the gathered entries it covers. */
  #reached: { readonly head: StoredHead; readonly count: number } | undefined;
  checkpoints = 0;

  constructor(target: LogStore, range: CompactRange, manner: CopyManner) {
    this.#target = target;
    this.#range = range;
    this.#manner = manner;
  }

  /** Entries that the target has. */
  get size(): number {
    return this.#range.size;
  }

  add(entry: StoredEntry): void {
    const { index, damage, bytes } = entry;
    if (damage !== undefined || index !== this.size + this.#entries.length)
      throw new LogError(
        'LOG_DAMAGED',
        `entry ${index} of the source can't be read: ${damage ?? 'one is missing'}`,
      );
    this.#entries.push(entry);
    this.#bytes += bytes?.length ?? 0;
  }

  /** The entries added are those of a checkpoint. */
  async reach(head: StoredHead): Promise<void> {
    const isFull = this.#entries.length > MOST_ENTRIES || this.#bytes > MOST_BYTES;
    if (isFull && this.#reached !== undefined) await this.flush();
    this.#reached = { head, count: this.#entries.length };
    const isEnough = this.#entries.length >= MOST_ENTRIES || this.#bytes >= MOST_BYTES;
    // One of several keys is the first after a change of keys, which all of them must have signed (format v1 §2).
    const isOfSeveral = head.signatures.length > SIGNATURE_BYTES;
    if (isEnough || isOfSeveral || this.#manner.isEach) await this.flush();
  }

  /** Commits up to the last checkpoint reached. */
  async flush(): Promise<void> {
    if (this.#reached === undefined) return;
    const { head, count } = this.#reached;
    const entries = this.#entries.slice(0, count);
    const range = this.#range.clone();
    const batch = this.#batch(range, entries, head);
    await this.#target.commit(({ size }) => {
      if (size === this.size) return batch;
      throw new LogError('LOG_FORKED', `the target has grown to ${size} entries while it was copied to`);
    });
    this.#range = range;
    this.#entries = this.#entries.slice(count);
    this.#bytes = this.#entries.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
    this.#reached = undefined;
    this.checkpoints++;
    this.#manner.onProgress(this.size);
  }

  #batch(range: CompactRange, entries: readonly StoredEntry[], head: StoredHead): Batch {
    const subtrees: Subtree[] = [];
    const leafHashes = new Uint8Array(entries.length * HASH_BYTES);
    const ids = new Uint8Array(entries.length * 16);
    const parts: number[] = [];
    for (const [n, entry] of entries.entries()) {
      const hash = entry.bytes === undefined ? entry.leafHash : leafHash(entry.bytes);
      leafHashes.set(hash, n * HASH_BYTES);
      range.append(hash, (level, at, subtree) => subtrees.push({ level, n: at, hash: subtree }));
      const name = nameOf(entry, this.#manner.gone);
      ids.set(name.id, n * 16);
      parts.push(name.part);
    }
    if (!equalBytes(range.root(), head.root))
      throw new LogError(
        'LOG_DAMAGED',
        `the entries of the source do not give its checkpoint of ${head.size}`,
      );
    return { entries: entries.map(({ bytes }) => bytes), leafHashes, ids, parts, subtrees, head };
  }
}

function nameOf({ index, bytes }: StoredEntry, gone: GoneIds): EntryName {
  const name = bytes === undefined ? gone.find(index) : written(bytes);
  if (name !== undefined) return name;
  throw new LogError(
    'LOG_DAMAGED',
    `entry ${index} of the source has no id: copy once more if it was pruned just now`,
  );
}

function written(bytes: Uint8Array): EntryName {
  const { id, part } = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as {
    readonly id: string;
    readonly part?: { readonly number: number };
  };
  return { id: parseUuid(id), part: part?.number ?? 0 };
}
