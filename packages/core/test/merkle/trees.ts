import { type EntryIndex, entryIndex, type TreeSize, treeSize } from '../../src/brand.ts';
import type { HashReader, NodeId } from '../../src/merkle/span.ts';
import type { Reference } from './reference.ts';

export const at = (index: number): EntryIndex => entryIndex(index);
export const sized = (size: number): TreeSize => treeSize(size);

/** Entries that differ, the first of them empty. */
export function entriesTo(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, i) => new Uint8Array(Buffer.from(i === 0 ? '' : `entry ${i}`)));
}

/**
 * Reads nodes of the first `size` leaves of a reference tree, and is stricter than a store: only
 * whole nodes below the size, none twice, at most 2·log₂(size) of them, and one call.
 */
export function strictReader(tree: Reference, size: number): HashReader {
  let calls = 0;
  return async (nodes: readonly NodeId[]) => {
    calls++;
    const names = new Set(nodes.map(({ level, index }) => `${level}/${index}`));
    if (calls > 1) throw new Error('read twice');
    if (names.size !== nodes.length) throw new Error('a node asked for twice');
    if (nodes.length > 2 * Math.ceil(Math.log2(size + 1)))
      throw new Error(`${nodes.length} nodes for ${size} leaves`);
    return nodes.map(({ level, index }) => {
      const width = 2 ** level;
      if ((index + 1) * width > size)
        throw new Error(`node ${level}/${index} is not whole in ${size} leaves`);
      return new Uint8Array(tree.root(index * width, (index + 1) * width));
    });
  };
}

/** The hashes with one bit of one of them changed. */
export function withFlip(hashes: readonly Uint8Array[], which: number, bit: number): Uint8Array[] {
  return hashes.map((hash, i) => (i === which ? flip(hash, bit) : hash));
}

export function flip(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash);
  const byte = Math.floor(bit / 8) % copy.length;
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit % 8));
  return copy;
}
