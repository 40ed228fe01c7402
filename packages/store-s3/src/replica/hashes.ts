import { CompactRange, type TreeSize } from '@zegel/core';
import type { Subtree } from '@zegel/log/port';
import { StoreError } from '../store-error.ts';
import type { Rows } from './replica.ts';
import * as sql from './schema.ts';

const HASH = 32;
const WIDTH = 256;
const PAGE = 64;

interface LeavesRow {
  readonly first: number;
  readonly hashes: Uint8Array;
}

interface HashRow {
  readonly hash: Uint8Array;
}

/** The last of a run of hashes, as bytes of its own. */
export function lastLeaf(hashes: Uint8Array): Uint8Array {
  return hashes.slice(hashes.length - HASH);
}

/** Leaf hashes of a range, as far as they are there. */
export function leafHashesOf(rows: Rows, from: number, to: number): Uint8Array {
  const slices: Uint8Array[] = [];
  if (!(from < to)) return new Uint8Array(0);
  let page = rows.all(sql.LEAVES_AT, from) as LeavesRow[];
  while (page.length > 0) {
    for (const { first, hashes } of page)
      slices.push(hashes.subarray(HASH * Math.max(0, from - first), HASH * Math.max(0, to - first)));
    page = rows.all(sql.LEAVES_FROM, page.at(-1)?.first, to, PAGE) as LeavesRow[];
  }
  return Buffer.concat(slices);
}

/** Hash of one stored subtree. */
export function subtreeHash(rows: Rows, { level, n }: Pick<Subtree, 'level' | 'n'>): Uint8Array | undefined {
  return (rows.get(sql.SUBTREE, level, n) as HashRow | undefined)?.hash;
}

/**
 * The right edge of the tree of the first `size` entries, from stored subtrees and at most 255 hashes of each level.
 *
 * @throws StoreError `STORE_CORRUPT` when hashes are missing
 */
export function edgeAt(rows: Rows, size: number): CompactRange {
  return edgeBy(size, (level, from, to) => storedHashes(rows, level, from, to));
}

/** Root of the tree of the first `size` entries. @throws as {@link edgeAt} */
export function rootAt(rows: Rows, size: number): Uint8Array {
  return edgeAt(rows, size).root();
}

/** What a batch adds to the tree. */
export interface Growth {
  readonly leafHashes: Uint8Array;
  readonly subtrees: readonly Subtree[];
}

/** Root of the tree of `first` stored entries and those of a batch. @throws as {@link edgeAt} */
export function rootAfter(rows: Rows, first: number, { leafHashes, subtrees }: Growth): Uint8Array {
  const size = first + leafHashes.length / HASH;
  return edgeBy(size, (level, from, to) => {
    const width = WIDTH ** level;
    const known = Math.max(from, Math.min(to, Math.floor(first / width)));
    const stored = storedHashes(rows, level, from, known);
    if (level === 0)
      return Buffer.concat([stored, leafHashes.subarray(HASH * (known - first), HASH * (to - first))]);
    const given = subtrees.filter((each) => each.level === level && each.n >= known && each.n < to);
    return Buffer.concat([stored, ...given.map(({ hash }) => hash)]);
  }).root();
}

type HashesOf = (level: number, from: number, to: number) => Uint8Array;

function edgeBy(size: number, hashesOf: HashesOf): CompactRange {
  const parts: (readonly Uint8Array[])[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / WIDTH)) {
    const hashes = hashesOf(level, width - (width % WIDTH), width);
    if (hashes.length !== HASH * (width % WIDTH))
      throw new StoreError('STORE_CORRUPT', `hashes of the tree of ${size} entries are missing`);
    const range = CompactRange.empty();
    range.appendAll(hashes);
    parts.unshift(range.hashes);
  }
  return CompactRange.from(size as TreeSize, parts.flat());
}

function storedHashes(rows: Rows, level: number, from: number, to: number): Uint8Array {
  if (level === 0) return leafHashesOf(rows, from, to);
  return Buffer.concat((rows.all(sql.SUBTREES, level, from, to) as HashRow[]).map(({ hash }) => hash));
}
