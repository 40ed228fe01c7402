import {
  type Bundle,
  entriesPath,
  equalBytes,
  formatBundle,
  HASH_BYTES,
  leafHash,
  TILE_WIDTH,
} from '@zegel/core';
import type { LogStore, StoredEntry } from '@zegel/log/port';
import { StoreError } from '../store-error.ts';
import { type Covers } from './covers.ts';
import { inBatches } from './in-batches.ts';
import { BUNDLE_HEADERS, ensureObject, type PublicPlace, removeObjects } from './public-objects.ts';
import type { TileRange } from './publish-tiles.ts';

/** What publishing asks of a log about entries. */
export type BodySource = Pick<LogStore, 'read' | 'leafHashes'>;

/** What came of the bundles. */
export interface BundleCounts {
  /** Put. */
  readonly bundles: number;
  /** Left out, because a body in them is gone or is to go. */
  readonly withheld: number;
}

/**
 * Puts the bundles of entries that a tree of `size` leaves has and one of `from` leaves had not. Where a body is pruned, or
 * a `retention` entry says that it may be, there is no bundle: with anything in its place its hashes would not be the tree's.
 *
 * @throws StoreError STORE_CORRUPT: an entry is damaged
 */
export async function publishBundles(
  log: BodySource,
  place: PublicPlace,
  { from, size }: TileRange,
  covers: Covers,
): Promise<BundleCounts> {
  let withheld = 0;
  const count = await inBatches(groups(log, from, size), async ({ bundle, entries }) => {
    const bodies = entries.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
    const first = bundle.index * TILE_WIDTH;
    if (bodies.length < bundle.width || covers.touch(first, first + bundle.width - 1)) {
      withheld++;
      return;
    }
    await ensureObject(place, entriesPath(bundle), formatBundle(bodies), BUNDLE_HEADERS);
  });
  return { bundles: count - withheld, withheld };
}

/** Removes bundles, full ones and the partial ones before them, that have an entry which a cover names. Returns how many objects. */
export async function removeBundles(place: PublicPlace, covers: Covers, size: number): Promise<number> {
  let removed = 0;
  await inBatches(covers.tiles(size), async (index) => {
    removed += await removeObjects(place, entriesPath({ index, width: TILE_WIDTH }));
  });
  return removed;
}

interface Group {
  readonly bundle: Bundle;
  readonly entries: readonly StoredEntry[];
}

/** The entries of each bundle, read once from one end to the other. */
async function* groups(log: BodySource, from: number, size: number): AsyncGenerator<Group, void> {
  if (from >= size) return;
  const start = from - (from % TILE_WIDTH);
  let at = start;
  let entries: StoredEntry[] = [];
  for await (const chunk of log.read(start, size))
    for (const entry of chunk) {
      if (entry.index >= size) break;
      checkPlace(entry, at++);
      // A view of its chunk, which must not be kept for longer than its bundle.
      entries.push(entry);
      if (entries.length < TILE_WIDTH) continue;
      yield await checked(log, at, entries);
      entries = [];
    }
  if (at < size) throw lost(at);
  if (entries.length > 0) yield await checked(log, at, entries);
}

function checkPlace({ index, damage }: StoredEntry, expected: number): void {
  if (index !== expected) throw lost(expected);
  if (damage !== undefined)
    throw new StoreError('STORE_CORRUPT', `entry ${index} can't be read: ${damage}`, { index });
}

/** What is published as an entry has the hash that the tiles have for it. */
async function checked(log: BodySource, end: number, entries: readonly StoredEntry[]): Promise<Group> {
  const first = end - entries.length;
  const hashes = await log.leafHashes(first, end);
  for (const [n, { bytes, index }] of entries.entries()) {
    const hash = hashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES);
    if (bytes !== undefined && !equalBytes(leafHash(bytes), hash))
      throw new StoreError('STORE_CORRUPT', `entry ${index} is not the one that the tree has`, { index });
  }
  return { bundle: { index: first / TILE_WIDTH, width: entries.length }, entries };
}

function lost(index: number): StoreError {
  return new StoreError('STORE_CORRUPT', `entry ${index} is missing`, { index });
}
