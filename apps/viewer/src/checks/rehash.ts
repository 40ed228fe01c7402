import { equalBytes, HASH_BYTES, leafHash } from '@zegel/core';
import type { LogReader, StoredEntry } from '@zegel/log';
import type { Notice } from './notice.ts';
import { BLOCK, blockHash, hashOf, type TrustedTree } from './trusted-tree.ts';

/** What hashing bodies again came to. */
export interface Rehashed {
  readonly notices: readonly Notice[];
  /** Indexes of bodies that are not there, in stretches; whether lawfully, others say. */
  readonly missing: readonly (readonly [first: number, last: number])[];
  /** Bodies read. */
  readonly count: number;
  /** Where to go on: 0 when the end was reached. */
  readonly next: number;
}

/** How far to go. */
export interface RehashOptions {
  /** Index to begin at; rounded down to a block. */
  readonly from: number;
  /** Whether there is time for more; at least one block is read. */
  readonly more: () => boolean;
  readonly onProgress: (done: number) => void;
}

/**
 * Hashes the bodies of a log again, from an index on, and holds them against a tree that was found good: whatever was
 * changed below it, by whomever and with whatever hashes made to match, differs.
 */
export async function rehash(log: LogReader, tree: TrustedTree, options: RehashOptions): Promise<Rehashed> {
  const first = Math.floor(options.from / BLOCK) * BLOCK;
  const work = new Rehashing(tree, first < tree.size ? first : 0);
  for await (const chunk of log.read(work.next, tree.size)) {
    for (const entry of chunk) work.entry(entry);
    options.onProgress(work.next);
    if (work.next - first >= BLOCK && !options.more()) return work.result();
  }
  work.end();
  return work.result();
}

class Rehashing {
  next: number;
  readonly #tree: TrustedTree;
  readonly #notices: Notice[] = [];
  readonly #missing: [number, number][] = [];
  readonly #leaves: Uint8Array = new Uint8Array(BLOCK * HASH_BYTES);
  /** In the block under way: entries whose body is not what its stored hash says. */
  #wrong: Notice[] = [];
  #count = 0;

  constructor(tree: TrustedTree, first: number) {
    this.#tree = tree;
    this.next = first;
  }

  entry({ index, bytes, leafHash: stored, damage }: StoredEntry): void {
    if (index !== this.next) {
      this.#notices.push({
        code: 'store-damaged',
        index: this.next,
        message: `entry ${index} is stored where ${this.next} belongs`,
      });
      this.next = index; // a block with a hole in it has another hash, and says so too
    }
    if (damage !== undefined) this.#notices.push({ code: 'store-damaged', index, message: damage });
    const leaf = bytes === undefined ? stored : leafHash(bytes);
    if (bytes === undefined) this.#miss(index);
    else this.#count++;
    if (!equalBytes(leaf, stored))
      this.#wrong.push({
        code: 'leaf-hash',
        index,
        message: 'the stored leaf hash is not the hash of the entry bytes',
      });
    this.#leaves.set(leaf, (index % BLOCK) * HASH_BYTES);
    this.next = index + 1;
    if (this.next % BLOCK === 0) this.#block(this.next / BLOCK - 1);
  }

  /** After the last entry: those of no complete block are compared one by one. */
  end(): void {
    const { size, tail } = this.#tree;
    const held = this.#leaves.subarray(0, tail.length);
    this.#compare(held, tail, size - tail.length / HASH_BYTES);
    if (this.next < size)
      this.#notices.push({
        code: 'store-damaged',
        index: this.next,
        message: `entries from ${this.next} on are not stored`,
      });
    this.next = 0;
  }

  result(): Rehashed {
    return { notices: this.#notices, missing: this.#missing, count: this.#count, next: this.next };
  }

  #block(block: number): void {
    this.#compare(blockHash(this.#leaves), hashOf(this.#tree, block), block * BLOCK);
    this.#wrong = [];
    this.#leaves.fill(0);
  }

  /** Says which entries differ; where body and stored hash were changed alike, only that one from here on does. */
  #compare(found: Uint8Array, trusted: Uint8Array, first: number): void {
    const message = `an entry from ${first} on is not the one that was found good before`;
    if (this.#wrong.length > 0) this.#notices.push(...this.#wrong);
    else if (!equalBytes(found, trusted))
      this.#notices.push({ code: 'root-mismatch', index: first, message });
  }

  #miss(index: number): void {
    const last = this.#missing.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else this.#missing.push([index, index]);
  }
}
