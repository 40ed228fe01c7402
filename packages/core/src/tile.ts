import { type TreeSize, treeSize } from './brand.ts';
import { assert } from './errors.ts';
import type { NodeId } from './merkle/span.ts';

/** Hashes in a full tile and entries in a full bundle. */
export const TILE_WIDTH = 256;

/** A tile of hashes: the `index`-th of its level, with its first `width` hashes (C2SP tlog-tiles). */
export interface Tile {
  /** 0 holds leaf hashes; each level above, the roots of full tiles below. */
  readonly level: number;
  readonly index: number;
  /** 1 to 256; a full tile has 256. */
  readonly width: number;
}

/**
 * Tiles that a tree of `size` leaves implies, level by level from 0 and left to right, the partial
 * one of a level last (C2SP tlog-tiles). Given `from`, only those that a tree of `from` leaves did
 * not have.
 *
 * @throws RangeNumberError when a size is no size
 */
export function* tilesOf(size: TreeSize, from: TreeSize = 0 as TreeSize): Generator<Tile, void, undefined> {
  let leaves: number = treeSize(size);
  let before: number = treeSize(from);
  for (let level = 0; leaves > 0; level++) {
    const full = Math.floor(leaves / TILE_WIDTH);
    const width = leaves % TILE_WIDTH;
    for (let index = Math.floor(before / TILE_WIDTH); index < full; index++)
      yield { level, index, width: TILE_WIDTH };
    if (width > 0 && leaves > before) yield { level, index: full, width };
    leaves = full;
    before = Math.floor(before / TILE_WIDTH);
  }
}

/** The nodes whose hashes a tile holds, in order. A tile never holds a hash over fewer leaves than its place has. */
export function tileNodes({ level, index, width }: Tile): NodeId[] {
  assert(width >= 1 && width <= TILE_WIDTH, 'a tile has from 1 to 256 hashes');
  return Array.from({ length: width }, (_, i) => ({ level: level * 8, index: index * TILE_WIDTH + i }));
}
