import { createSigner, headNote, parseVkey } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { batchAfter, memoryStore, someEntries, SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { publishTo, type Published, type PublishOptions } from '../src/publish/publish.ts';
import { MemoryPublicPlace } from './lib/public-place.ts';
import { readAll, readBundles } from './lib/tile-client.ts';

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

function sizeIn(place: MemoryPublicPlace): number {
  return Number(place.body('checkpoint')?.toString().split('\n')[1]);
}

/** Which bundles everybody can read, each checked against the tiles. */
async function bundlesIn(place: MemoryPublicPlace): Promise<boolean[]> {
  const fetch = (path: string): Promise<Buffer | undefined> => Promise.resolve(place.body(path));
  return (await readBundles(fetch, await readAll(fetch, vkey))).map((bundle) => bundle !== undefined);
}

async function noteOf(log: LogStore): Promise<Buffer> {
  const head = await log.head();
  if (head === undefined) throw new Error('no head');
  return Buffer.from(headNote(parseVkey(vkey).name, head));
}

describe('a public checkpoint that is not of our past', () => {
  test('of another history is an error, and stays', async () => {
    const place = new MemoryPublicPlace();
    await publish(await logOf(300), place);
    const before = place.log.length;
    const other = await logOf(400);
    await expect(publish(other, place)).rejects.toMatchObject({
      code: 'PUBLIC_FORKED',
      message: expect.stringMatching(/"checkpoint" covers 300 entries.*another root/) as string,
    });
    expect(place.log).toHaveLength(before);
  });

  test('of the same size and another root is one, too', async () => {
    const place = new MemoryPublicPlace();
    await publish(await logOf(300), place);
    await expect(publish(await logOf(300), place)).rejects.toMatchObject({ code: 'PUBLIC_FORKED' });
  });

  test('beyond the end of the log says that the log was cut off', async () => {
    const place = new MemoryPublicPlace();
    const log = await logOf(300);
    await append(log, someEntries(10, 300));
    await publish(log, place);
    await expect(publish(await logOf(300), place)).rejects.toMatchObject({
      code: 'PUBLIC_FORKED',
      message: expect.stringContaining('covers 310 entries and the log has 300') as string,
    });
    expect(sizeIn(place)).toBe(310);
  });

  test.each(['garbage', ''])('that is no checkpoint (%j) is an error that names it', async (text) => {
    const place = new MemoryPublicPlace();
    await place.put('checkpoint', Buffer.from(text));
    await expect(publish(await logOf(3), place)).rejects.toMatchObject({
      code: 'PUBLIC_UNVERIFIED',
      message: expect.stringContaining('"checkpoint"') as string,
    });
    expect(place.body('checkpoint')?.toString()).toBe(text);
  });

  test('that another key of the same name has signed is one', async () => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    const head = await log.head();
    const thief = createSigner(SUITE_SIGNER.name, new Uint8Array(32).fill(8));
    const note = (await noteOf(log)).toString().split('\n\n')[0] ?? '';
    const signature = Buffer.concat([Buffer.from(thief.keyId, 'hex'), thief.sign(Buffer.from(`${note}\n`))]);
    await place.put(
      'checkpoint',
      Buffer.from(`${note}\n\n— ${thief.name} ${signature.toString('base64')}\n`),
    );
    expect(head?.size).toBe(300);
    await expect(publish(log, place)).rejects.toMatchObject({ code: 'PUBLIC_UNVERIFIED' });
  });

  test('a log whose head the key given has not signed is not published', async () => {
    const other = createSigner(SUITE_SIGNER.name, new Uint8Array(32).fill(8));
    const place = new MemoryPublicPlace();
    await expect(publish(await logOf(3), place, { vkey: other.vkey })).rejects.toMatchObject({
      code: 'NOTE_NO_KNOWN_KEY',
    });
    expect(place.log).toEqual([]);
  });

  test('a log whose hashes do not give its root is not published', async () => {
    const log = await logOf(300);
    const bent: LogStore = {
      ...log,
      leafHashes: async (from, to) => {
        const hashes = (await log.leafHashes(from, to)).slice();
        if (from <= 7 && to > 7) hashes.fill(0, 32 * (7 - from), 32 * (8 - from));
        return hashes;
      },
    };
    const place = new MemoryPublicPlace();
    await expect(publish(bent, place)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(place.body('checkpoint')).toBeUndefined();
    expect(place.body('tile/0/000')).toBeUndefined();
  });
});

describe('several publishers', () => {
  test('one that was overtaken does not go back', async () => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    const early = { ...log, head: once(await log.head(), log) };
    await append(log, someEntries(300, 300));
    await publish(log, place);
    expect(await publish(early, place)).toMatchObject({ advanced: false });
    expect(sizeIn(place)).toBe(600);
  });

  test.each([false, true])('overtaken at the very put, conditions not atomic: %s', async (isLax) => {
    const log = await logOf(300);
    const place = new MemoryPublicPlace();
    await publish(log, place);
    const early = { ...log, head: once(await log.head(), log) };
    await append(log, someEntries(100, 300));
    const middle = { ...log, head: once(await log.head(), log) };
    await append(log, someEntries(300, 400));
    const late = await noteOf(log);
    place.isLax = isLax;
    let isDone = false;
    place.meddle = (key) => {
      if (key !== 'checkpoint' || isDone) return undefined;
      isDone = true;
      const versions = place.objects.get('checkpoint') ?? [];
      const other = { versionId: 'other', body: late, headers: undefined };
      place.objects.set('checkpoint', [...versions, other]);
      return undefined;
    };
    await publish(middle, place);
    expect(isDone).toBe(true);
    expect(sizeIn(place)).toBe(700);
    const sizes = place.objects
      .get('checkpoint')
      ?.map(({ body }) => Number(Buffer.from(body).toString().split('\n')[1]));
    expect(sizes).toEqual(isLax ? [300, 700, 400, 700] : [300, 700]); // for a moment at most, and never by ourselves
    await publish(early, place);
    expect(sizeIn(place)).toBe(700);
  });
});

/** A head that is old at the first look. */
function once(old: Awaited<ReturnType<LogStore['head']>>, log: LogStore): LogStore['head'] {
  let looks = 0;
  return () => (looks++ === 0 ? Promise.resolve(old) : log.head());
}

function retention(size: number, control: number, ranges: readonly (readonly number[])[]): Uint8Array {
  const link = control < 0 ? '' : `"control":{"index":${control}},`;
  return Buffer.from(`{${link}"index":${size},"kind":"retention","ranges":${JSON.stringify(ranges)}}`);
}

describe('bundles', () => {
  test('bring every entry, also when they come after the tiles', async () => {
    const log = await logOf(600);
    const place = new MemoryPublicPlace();
    await publish(log, place);
    expect(await bundlesIn(place)).toEqual([false, false, false]);
    expect(await publish(log, place, { bundles: true })).toMatchObject({ bundles: 3, advanced: false });
    await append(log, someEntries(10, 600));
    expect(await publish(log, place, { bundles: true })).toMatchObject({ bundles: 1, tiles: 1 });
    expect(await bundlesIn(place)).toEqual([true, true, true]);
  });

  test('with a body that a retention entry names are not there, before and after it is pruned', async () => {
    const log = memoryStore();
    await append(log, someEntries(600).map(asAccess));
    await append(log, [retention(600, -1, [[300, 310]])]);
    const place = new MemoryPublicPlace();
    const first = await publish(log, place, { bundles: true });
    expect(first).toMatchObject({ bundles: 2, withheld: 1 });
    expect(await bundlesIn(place)).toEqual([true, false, true]);
    await log.prune({ by: 600, ranges: [[300, 310]] });
    expect(await publish(log, place, { bundles: true, repair: true })).toMatchObject({ withheld: 1 });
    expect(await bundlesIn(place)).toEqual([true, false, true]);
  });

  test('that begin below what is published already are held to older retention entries, too', async () => {
    const log = memoryStore();
    await append(log, someEntries(100).map(asAccess));
    await append(log, [retention(100, -1, [[10, 20]])]);
    const place = new MemoryPublicPlace();
    expect(await publish(log, place, { bundles: true })).toMatchObject({ bundles: 0, withheld: 1 });
    await append(log, someEntries(300, 101).map(asAccess));
    expect(await publish(log, place, { bundles: true })).toMatchObject({ bundles: 1, withheld: 1 });
    expect(await bundlesIn(place)).toEqual([false, true]);
  });

  test.each([true, false])('that are public go, every version of them, with bundles: %s', async (bundles) => {
    const log = memoryStore();
    await append(log, someEntries(300).map(asAccess));
    const place = new MemoryPublicPlace();
    await publish(log, place, { bundles: true });
    await append(log, someEntries(300, 300).map(asAccess));
    await publish(log, place, { bundles: true });
    await place.put('tile/entries/001', place.body('tile/entries/001') ?? Buffer.alloc(0));
    await append(log, [retention(600, -1, [[290, 290]])]);
    expect(await publish(log, place, { bundles })).toMatchObject({ removed: 3 });
    const left = [...place.objects.keys()].filter((key) => key.startsWith('tile/entries/001'));
    expect(left).toEqual([]);
    expect((await bundlesIn(place)).slice(0, 2)).toEqual([true, false]);
  });

  test('put by one who did not know yet that they are to go, go as well', async () => {
    const log = memoryStore();
    await append(log, someEntries(300).map(asAccess));
    const early = { ...log, head: once(await log.head(), log) };
    await append(log, [retention(300, -1, [[5, 5]])]);
    const place = new MemoryPublicPlace();
    expect(await publish(early, place, { bundles: true })).toMatchObject({
      size: 300,
      bundles: 2,
      removed: 1,
    });
    expect(await bundlesIn(place)).toEqual([false, true]);
  });

  test('an entry that is not the one of the tree is not published', async () => {
    const log = await logOf(300);
    const bent: LogStore = {
      ...log,
      async *read(from, to) {
        for await (const chunk of log.read(from, to))
          yield chunk.map((entry) => (entry.index === 9 ? { ...entry, bytes: Buffer.from('{}') } : entry));
      },
    };
    const place = new MemoryPublicPlace();
    await expect(publish(bent, place, { bundles: true })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      index: 9,
    });
    expect(place.body('checkpoint')).toBeUndefined();
  });
});

/** None of them a link of the control chain, of which the tests make their own. */
function asAccess(entry: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(entry).toString().replace('"review"', '"access"'));
}
