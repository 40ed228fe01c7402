import {
  entriesPath,
  leafHash,
  nodeHash,
  openCheckpoint,
  parseBundle,
  parseVkey,
  type Tile,
  TILE_WIDTH,
  tilePath,
} from '@zegel/core';

/** Fetches an object by its path; undefined where there is none. */
export type Fetch = (path: string) => Promise<Buffer | undefined>;

/** What a client found out from tiles alone. */
export interface Seen {
  readonly size: number;
  /** Leaf hashes, in hexadecimal. */
  readonly leaves: readonly string[];
}

/**
 * A slow client of C2SP tlog-tiles, with no code of the publisher's but paths and notes: fetches every tile that the checkpoint implies, and
 * computes each hash above and the root anew. Throws on what is missing or does not fit.
 */
export async function readAll(fetch: Fetch, vkey: string): Promise<Seen> {
  const note = await needed(fetch, 'checkpoint');
  const { checkpoint } = openCheckpoint(note, [parseVkey(vkey)]);
  const levels: Buffer[][] = [];
  for (let level = 0, count: number = checkpoint.size; count > 0; level++) {
    levels.push(await levelOf(fetch, level, count));
    count = Math.floor(count / TILE_WIDTH);
  }
  for (const [level, hashes] of levels.entries())
    for (const [n, hash] of (levels[level + 1] ?? []).entries())
      same(hash, rootOf(hashes.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH)), `level ${level + 1}, hash ${n}`);
  const leaves = levels[0] ?? [];
  same(Buffer.from(checkpoint.root), rootOf(leaves), 'the root');
  return { size: checkpoint.size, leaves: leaves.map((leaf) => leaf.toString('hex')) };
}

/** Every bundle that a size implies, checked against the leaf hashes; undefined where there is none. */
export async function readBundles(fetch: Fetch, seen: Seen): Promise<(readonly Buffer[] | undefined)[]> {
  const bundles: (readonly Buffer[] | undefined)[] = [];
  for (let index = 0; index * TILE_WIDTH < seen.size; index++) {
    const width = Math.min(TILE_WIDTH, seen.size - index * TILE_WIDTH);
    const bytes = await fetch(entriesPath({ index, width }));
    const entries = bytes && parseBundle(bytes).map((entry) => Buffer.from(entry));
    for (const [n, entry] of (entries ?? []).entries())
      if (Buffer.from(leafHash(entry)).toString('hex') !== seen.leaves[index * TILE_WIDTH + n])
        throw new Error(`entry ${n} of bundle ${index} has another hash`);
    bundles.push(entries);
  }
  return bundles;
}

async function levelOf(fetch: Fetch, level: number, count: number): Promise<Buffer[]> {
  const hashes: Buffer[] = [];
  for (let index = 0; hashes.length < count; index++) {
    const tile: Tile = { level, index, width: Math.min(TILE_WIDTH, count - hashes.length) };
    const bytes = await needed(fetch, tilePath(tile));
    if (bytes.length !== tile.width * 32) throw new Error(`${tilePath(tile)} has ${bytes.length} bytes`);
    for (let at = 0; at < bytes.length; at += 32) hashes.push(bytes.subarray(at, at + 32));
  }
  return hashes;
}

async function needed(fetch: Fetch, path: string): Promise<Buffer> {
  const bytes = await fetch(path);
  if (bytes === undefined) throw new Error(`there is no ${path}`);
  return bytes;
}

/** RFC 6962 §2.1, by its definition: the largest power of two below the number of leaves splits them. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return Buffer.from(nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split))));
}

function same(found: Buffer, expected: Buffer, what: string): void {
  if (!found.equals(expected)) throw new Error(`${what} is not what the tiles give`);
}
