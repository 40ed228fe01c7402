import { CompactRange, type HashReader, type NodeId } from '@zegel/core';
import { LogError } from './errors.ts';
import type { LogStore } from './port.ts';

const HASH = 32;
const TILE_LEVELS = 8;

/**
 * Tree hashes of a store by binary level and index. A store keeps leaf hashes and the subtrees of 256^k leaves; what
 * lies between is computed from at most 255 of them.
 */
export function hashReader(store: LogStore): HashReader {
  return async (nodes) => Promise.all(nodes.map((node) => nodeHashOf(store, node)));
}

async function nodeHashOf(store: LogStore, node: NodeId): Promise<Uint8Array> {
  const stored = Math.floor(node.level / TILE_LEVELS);
  const width = 2 ** (node.level % TILE_LEVELS);
  const below = await storedHashes(store, stored, node.index * width, width);
  const range = CompactRange.empty();
  for (let at = 0; at < below.length; at += HASH) range.append(below.subarray(at, at + HASH));
  return range.root();
}

async function storedHashes(
  store: LogStore,
  level: number,
  first: number,
  count: number,
): Promise<Uint8Array> {
  const hashes =
    level === 0
      ? await store.leafHashes(first, first + count)
      : await subtreeHashes(store, level, first, count);
  if (hashes.length !== count * HASH)
    throw new LogError('LOG_DAMAGED', `the store lacks tree hashes of level ${level} from ${first}`);
  return hashes;
}

async function subtreeHashes(
  store: LogStore,
  level: number,
  first: number,
  count: number,
): Promise<Uint8Array> {
  const asked = Array.from({ length: count }, (_, i) => ({ level, n: first + i }));
  const found = await store.subtrees(asked);
  return Buffer.concat(found.filter((h) => h !== undefined));
}
