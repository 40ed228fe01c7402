import { equalBytes, type Tile, TILE_WIDTH, tilePath, tilesOf, treeSize } from '@zegel/core';
import { StoreError } from '../store-error.ts';
import { inBatches } from './in-batches.ts';
import { ensureObject, type PublicPlace, TILE_HEADERS } from './public-objects.ts';
import { rootOver, tileHashes, type TreeSource } from './tree.ts';

/** What is put. */
export interface TileRange {
  /** Size of the tree whose tiles stand already. */
  readonly from: number;
  readonly size: number;
}

/**
 * Puts the tiles that a tree of `size` leaves has and one of `from` leaves had not: each full tile once, and the
 * partial ones of `size` alone (C2SP tlog-tiles). Returns how many.
 *
 * @throws StoreError STORE_CORRUPT: the hashes of the log do not hang together, and nothing of them is published
 */
export function publishTiles(log: TreeSource, place: PublicPlace, range: TileRange): Promise<number> {
  return inBatches(tilesOf(treeSize(range.size), treeSize(range.from)), async (tile) => {
    const hashes = await tileHashes(log, tile);
    await checkTile(log, tile, hashes);
    await ensureObject(place, tilePath(tile), hashes, TILE_HEADERS);
  });
}

/** A full tile is one hash of the level above, and so up to the root, which the checkpoint has signed; partial ones are its edge. */
async function checkTile(log: TreeSource, { level, index, width }: Tile, hashes: Uint8Array): Promise<void> {
  if (width < TILE_WIDTH) return;
  const [above] = await log.subtrees([{ level: level + 1, n: index }]);
  if (above !== undefined && equalBytes(above, rootOver(hashes))) return;
  const of = `the hashes of tile ${index} of level ${level}`;
  throw new StoreError('STORE_CORRUPT', `${of} do not give the hash that the tree has for them`);
}
