import { type Bundle, formatBundle, formatTile, TILE_WIDTH, type Tile, tileNodes } from '@zegel/core';
import type { LogReader } from '@zegel/log';

/** Whether a tree of `size` leaves has these nodes: a tile never holds a hash over fewer leaves than its place has. */
function hasTile({ level, index, width }: Tile, size: number): boolean {
  const leaves = (index * TILE_WIDTH + width) * TILE_WIDTH ** level;
  return Number.isSafeInteger(leaves) && leaves <= size;
}

/** The bytes of a tile of hashes (C2SP tlog-tiles); undefined where the log is too small for it. */
export async function tileBytes(log: LogReader, tile: Tile): Promise<Uint8Array | undefined> {
  if (!hasTile(tile, await log.size())) return undefined;
  return formatTile(await log.hashes(tileNodes(tile)));
}

/** A bundle of entries, or why there is none: the log is too small, or the body of an entry is gone. */
export type BundleBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'beyond' }
  | { readonly kind: 'gone'; readonly index: number };

/** The bytes of an entry bundle (C2SP tlog-tiles). */
export async function bundleBytes(log: LogReader, { index, width }: Bundle): Promise<BundleBytes> {
  if (!hasTile({ level: 0, index, width }, await log.size())) return { kind: 'beyond' };
  const first = index * TILE_WIDTH;
  const entries: Uint8Array[] = [];
  for await (const chunk of log.read(first, first + width))
    for (const { index: at, bytes } of chunk) {
      // A lost entry is a jump in the index.
      if (bytes === undefined || at !== first + entries.length)
        return { kind: 'gone', index: first + entries.length };
      entries.push(bytes);
    }
  return entries.length === width
    ? { kind: 'bytes', bytes: formatBundle(entries) }
    : { kind: 'gone', index: first + entries.length };
}
