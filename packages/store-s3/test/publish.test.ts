import type { LogStore } from '@zegel/log/port';
import { batchAfter, memoryStore, someEntries, SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { publishTo, type Published, type PublishOptions } from '../src/publish/publish.ts';
import { publishTiles } from '../src/publish/publish-tiles.ts';
import { rootOver, type TreeSource } from '../src/publish/tree.ts';
import { Crash, MemoryPublicPlace } from './lib/public-place.ts';
import { readAll, readBundles, type Seen } from './lib/tile-client.ts';

const { vkey } = SUITE_SIGNER;

async function append(log: LogStore, entries: readonly Uint8Array[]): Promise<void> {
  await log.commit((view) => batchAfter(view, entries));
}

async function logOf(size: number): Promise<LogStore> {
  const log = memoryStore();
  await append(log, someEntries(size));
  return log;
}

function publish(log: LogStore, place: MemoryPublicPlace, more: PublishOptions = {}): Promise<Published> {
  return publishTo(log, place, { vkey, ...more });
}

function seen(place: MemoryPublicPlace): Promise<Seen> {
  return readAll((path) => Promise.resolve(place.body(path)), vkey);
}

function bundlesIn(place: MemoryPublicPlace, all: Seen): ReturnType<typeof readBundles> {
  return readBundles((path) => Promise.resolve(place.body(path)), all);
}

async function leavesOf(log: LogStore, size: number): Promise<string[]> {
  const hashes = Buffer.from(await log.leafHashes(0, size));
  return Array.from({ length: size }, (_, n) => hashes.toString('hex', 32 * n, 32 * n + 32));
}

describe('tiles', () => {
  test.each([1, 255, 256, 257, 700, 65_536])('a client finds a log of %i by them', async (size) => {
    const log = await logOf(size);
    const place = new MemoryPublicPlace();
    const published = await publish(log, place);
    expect(await seen(place)).toEqual({ size, leaves: await leavesOf(log, size) });
    expect(published).toMatchObject({ size, before: 0, bundles: 0, advanced: true });
    expect(place.log.at(-1)).toBe('checkpoint');
    expect(place.log).toHaveLength(published.tiles + 1);
  });

  test('each full tile is put once, and partial ones for the size that is published alone', async () => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    await publish(log, place);
    expect(place.log.toSorted()).toEqual(['checkpoint', 'tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']);
    place.log.length = 0;
    await append(log, someEntries(400, 300));
    await append(log, someEntries(30, 700));
    expect(await publish(log, place)).toMatchObject({ before: 300, size: 730, tiles: 3 });
    const added = ['checkpoint', 'tile/0/001', 'tile/0/002.p/218', 'tile/1/000.p/2'];
    expect(place.log.toSorted()).toEqual(added);
    expect((await seen(place)).leaves).toEqual(await leavesOf(log, 730));
  });

  test('with nothing new, nothing is put', async () => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    await publish(log, place);
    place.log.length = 0;
    expect(await publish(log, place)).toMatchObject({ before: 300, tiles: 0, advanced: false });
    expect(place.log).toEqual([]);
  });

  test('they are served as tlog-tiles asks', async () => {
    const place = new MemoryPublicPlace();
    await publish(await logOf(300), place, { bundles: true });
    expect(place.headers('tile/0/000')).toEqual({
      contentType: 'application/octet-stream',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(place.headers('checkpoint')?.contentType).toBe('text/plain; charset=utf-8');
    expect(place.headers('checkpoint')?.cacheControl).not.toContain('immutable');
    expect(place.headers('tile/entries/000')?.cacheControl).toBe('private, no-cache');
  });

  test('a million entries with a publishing every five seconds at full rate need fewer than 4,100 puts', async () => {
    const rate = 15_000 * 5;
    const place = new MemoryPublicPlace();
    let from = 0;
    let checkpoints = 0;
    while (from < 1_000_000) {
      const size = Math.min(from + rate, 1_000_000);
      await publishTiles(ZEROS, place, { from, size });
      checkpoints++;
      from = size;
    }
    expect(place.log.filter((path) => !path.includes('.p/'))).toHaveLength(3906 + 15);
    expect(place.log.length + checkpoints).toBeLessThan(4100);
  });
});

/** A tree whose leaf hashes are all zero. */
const ZEROS: TreeSource = {
  leafHashes: (from, to) => Promise.resolve(new Uint8Array((to - from) * 32)),
  subtrees: (nodes) => Promise.resolve(nodes.map(({ level }) => zeroRoot(level))),
};

const roots: Uint8Array[] = [new Uint8Array(32)];

function zeroRoot(level: number): Uint8Array {
  const below =
    roots[level] ?? rootOver(Buffer.concat(Array.from({ length: 256 }, () => zeroRoot(level - 1))));
  roots[level] = below;
  return below;
}

describe('crashes', () => {
  test.each(['before', 'after', 'lost'] as const)('%s each put, and published again', async (fate) => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    await publish(log, place, { bundles: true });
    await append(log, someEntries(500, 300));
    const puts = 4 + 3 + 1 + 1; // tiles, bundles, their mark, checkpoint
    for (let nth = 0; nth < puts; nth++) {
      const own = copyOf(place);
      let count = 0;
      own.meddle = () => (count++ === nth ? fate : undefined);
      const first = await publish(log, own, { bundles: true }).catch((error: unknown) => error);
      expect(first instanceof Crash).toBe(fate !== 'lost');
      expect(count).toBeGreaterThan(nth);
      const between = await seen(own); // whatever is public has all of its tiles
      expect([300, 800]).toContain(between.size);
      own.meddle = () => undefined;
      await publish(log, own, { bundles: true });
      const all = await seen(own);
      expect(all).toEqual({ size: 800, leaves: await leavesOf(log, 800) });
      expect((await bundlesIn(own, all)).every((bundle) => bundle !== undefined)).toBe(true);
    }
  });

  test('what an earlier attempt left is not put again, and garbage in its place is put over', async () => {
    const log = await logOf(600);
    const place = new MemoryPublicPlace();
    await publish(log, place);
    place.objects.delete('checkpoint');
    await place.put('tile/0/001', Buffer.from('garbage'));
    place.log.length = 0;
    await publish(log, place);
    expect(place.log).toEqual(['tile/0/001', 'checkpoint']);
    await seen(place);
  });

  test('repair puts back what was changed below the public checkpoint', async () => {
    const log = await logOf(600);
    const place = new MemoryPublicPlace();
    await publish(log, place, { bundles: true });
    await place.put('tile/0/000', Buffer.from('garbage'));
    place.objects.delete('tile/entries/001');
    await publish(log, place, { bundles: true });
    await expect(seen(place)).rejects.toThrow('tile/0/000');
    await publish(log, place, { bundles: true, repair: true });
    expect(await bundlesIn(place, await seen(place))).toHaveLength(3);
  });
});

function copyOf(place: MemoryPublicPlace): MemoryPublicPlace {
  const copy = new MemoryPublicPlace();
  for (const [key, all] of place.objects) copy.objects.set(key, [...all]);
  return copy;
}
