import { CompactRange, type HashReader, HASH_BYTES, type NodeId, type Tile, TILE_WIDTH } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { StoreError } from '../store-error.ts';

/** What publishing asks of a log about its tree. */
export type TreeSource = Pick<LogStore, 'leafHashes' | 'subtrees'>;

const LEVEL_BITS = 8;

/** The hashes of a tile, one after the other. @throws StoreError STORE_CORRUPT where one is missing */
export function tileHashes(log: TreeSource, { level, index, width }: Tile): Promise<Uint8Array> {
  return hashesOf(log, level, index * TILE_WIDTH, width);
}

/** Root over adjacent hashes, a power of two of them or the whole right edge of a tree. */
export function rootOver(hashes: Uint8Array): Uint8Array {
  const range = CompactRange.empty();
  range.appendAll(hashes);
  return range.root();
}

/** Tree hashes by binary level and index, computed from what a store keeps: leaf hashes and roots of 256^level leaves. */
export function hashReaderOf(log: TreeSource): HashReader {
  const nodeHash = async ({ level, index }: NodeId): Promise<Uint8Array> => {
    const width = 2 ** (level % LEVEL_BITS);
    return rootOver(await hashesOf(log, Math.floor(level / LEVEL_BITS), index * width, width));
  };
  return (nodes) => Promise.all(nodes.map(nodeHash));
}

async function hashesOf(log: TreeSource, level: number, first: number, count: number): Promise<Uint8Array> {
  const hashes =
    level === 0 ? await log.leafHashes(first, first + count) : await roots(log, level, first, count);
  if (hashes.length === count * HASH_BYTES) return hashes;
  throw new StoreError('STORE_CORRUPT', `hashes of the tree's level ${level} are missing from ${first} on`);
}

async function roots(log: TreeSource, level: number, first: number, count: number): Promise<Uint8Array> {
  const asked = Array.from({ length: count }, (_, i) => ({ level, n: first + i }));
  const found = await log.subtrees(asked);
  return Buffer.concat(found.filter((hash) => hash !== undefined));
}
