import type { TreeSize } from '../brand.ts';
import { bitCount } from './bits.ts';
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts';
import { TreeError } from './tree-error.ts';

/** Told of each perfect subtree of 256^level leaves, level from 1, that is complete: the n-th of its level. */
export type OnSubtree = (level: number, n: number, hash: Uint8Array) => void;

// Eight binary levels make one level of 256-wide tiles.
const TILE_HEIGHT = 8;

/**
 * The right edge of a growing tree: the roots of its perfect subtrees, one per one bit of its size,
 * the largest first. All that appending and the root need, O(log n).
 */
export class CompactRange {
  #size: number;
  readonly #hashes: Uint8Array[];

  private constructor(size: number, hashes: Uint8Array[]) {
    this.#size = size;
    this.#hashes = hashes;
  }

  /** The tree without leaves. */
  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /**
   * The edge of a tree of `size` leaves from what {@link CompactRange.hashes} gave.
   *
   * @throws TreeError BAD_HASHES when there is not one hash of 32 bytes per one bit of the size
   */
  static from(size: TreeSize, hashes: readonly Uint8Array[]): CompactRange {
    if (hashes.length !== bitCount(size)) {
      throw new TreeError(
        'BAD_HASHES',
        `a tree of ${size} leaves has ${bitCount(size)} subtrees, not ${hashes.length}`,
      );
    }
    return new CompactRange(
      size,
      hashes.map((hash) => owned(hash)),
    );
  }

  get size(): TreeSize {
    return this.#size as TreeSize;
  }

  /** Roots of the perfect subtrees, left to right. Not to be written to. */
  get hashes(): readonly Uint8Array[] {
    return [...this.#hashes];
  }

  /**
   * Adds one leaf hash (32 bytes, copied) and tells of the 256-wide subtrees that it completes,
   * the smaller first.
   */
  append(leafHash: Uint8Array, onSubtree?: OnSubtree): void {
    let hash = owned(leafHash);
    let level = 0;
    let n = this.#size;
    // An odd n is a right child: its left sibling is the last of the edge.
    while (n % 2 === 1) {
      const left = this.#hashes.pop();
      if (left === undefined) throw new TreeError('BAD_HASHES', 'the edge of the tree is incomplete');
      hash = nodeHash(left, hash);
      n = (n - 1) / 2;
      level++;
      if (level % TILE_HEIGHT === 0) onSubtree?.(level / TILE_HEIGHT, n, hash);
    }
    this.#hashes.push(hash);
    this.#size++;
  }

  /** Adds leaf hashes, 32 bytes each, as {@link CompactRange.append} does. */
  appendAll(leafHashes: Uint8Array, onSubtree?: OnSubtree): void {
    for (let at = 0; at < leafHashes.length; at += HASH_BYTES)
      this.append(leafHashes.subarray(at, at + HASH_BYTES), onSubtree);
  }

  /** The tree's root (RFC 6962 §2.1), 32 bytes. */
  root(): Uint8Array {
    return foldEdge(this.#hashes);
  }

  /** An edge of its own that grows independently. */
  clone(): CompactRange {
    return new CompactRange(this.#size, [...this.#hashes]);
  }
}

/** Hash over perfect subtrees of falling size, left to right, as bytes of its own; without any, the empty tree's (RFC 6962 §2.1). */
export function foldEdge(hashes: readonly Uint8Array[]): Uint8Array {
  const root = hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
  // Where nothing was hashed it would be the very bytes that were given.
  return hashes.length > 1 ? root : new Uint8Array(root);
}

function owned(hash: Uint8Array): Uint8Array {
  if (hash.length !== HASH_BYTES)
    throw new TreeError('BAD_HASHES', `a hash has 32 bytes, not ${hash.length}`);
  return new Uint8Array(hash);
}
