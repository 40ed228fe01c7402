import type { LogStore } from '@zegel/log/port';
import { setLegalHold } from '../src/index.ts';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import { access, appendAll, lostSegment } from './lib/accesses.ts';
import { open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

interface Place {
  readonly url: string;
  readonly store: LogStore;
  readonly bucket: Bucket;
}

/** Four segments of two entries each, by two machines in turn. */
async function fourSegments(): Promise<Place> {
  const url = await newPlace();
  const store = await open(url, 'create');
  await appendAll(store, [access(), access()]);
  const other = await open(url, 'write');
  for (const writer of [other, store, other]) await appendAll(writer, [access(), access()]);
  await store.head();
  return { url, store, bucket: bucketOf(url) };
}

/** Keys of which every version is held, and of those of which some is not. */
async function heldIn({ bucket }: Place): Promise<readonly string[]> {
  const held = new Map<string, boolean>();
  for (const { key, versionId } of await bucket.versions('')) {
    const isHeld = (await bucket.lockOf(key, versionId))?.legalHold === true;
    held.set(key, isHeld && held.get(key) !== false);
  }
  return [...held].filter(([, isHeld]) => isHeld).map(([key]) => key.replace(/0{15}/, ''));
}

describe.skipIf(NO_S3)(`a legal hold ${NEEDS_S3}`, () => {
  test('is on the segments of a range, whoever committed them, and on the checkpoints that cover it', async () => {
    const place = await fourSegments();
    const held = await setLegalHold(place.url, { from: 3, to: 4 }, true);
    expect(held).toEqual({ segments: 2, checkpoints: 2, versions: 4, first: 2 });
    expect(await heldIn(place)).toEqual(['checkpoint/4', 'checkpoint/6', 'seg/2', 'seg/4']);
    const [version] = await place.bucket.versions('checkpoint/0000000000000006');
    await expect(place.bucket.remove(version?.key ?? '', version?.versionId)).rejects.toThrow('403');
    await setLegalHold(place.url, { from: 3, to: 4 }, false);
    expect(await heldIn(place)).toEqual([]);
  });

  test('is refused where there is nothing to hold', async () => {
    const { url, bucket } = await fourSegments();
    await bucket.put('seg/0000000000000006', Buffer.from('garbage'));
    for (const range of [
      { from: 8, to: 9 },
      { from: 900, to: 950 },
    ])
      await expect(setLegalHold(url, range, true)).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    expect(await setLegalHold(url, { from: 7, to: 950 }, true)).toMatchObject({ segments: 1, first: 6 });
    const empty = url.replace(/\/([0-9a-f]+)\?/, '/$1-empty?');
    await expect(setLegalHold(empty, { from: 0, to: 9 }, true)).rejects.toMatchObject({
      code: 'STORE_NOT_FOUND',
    });
  });

  test('keeps bodies from being pruned, and other segments go meanwhile', async () => {
    const place = await fourSegments();
    const { store, url } = place;
    await setLegalHold(url, { from: 2, to: 2 }, true);
    await expect(store.prune({ by: 7, ranges: [[1, 4]] })).rejects.toMatchObject({
      code: 'STORE_IO',
      index: 2,
      message: 'seg/0000000000000002 is under a legal hold: its bodies stay until that is lifted',
    });
    const left = async (): Promise<string> =>
      (await texts(store)).map((text) => (text === undefined ? '-' : '+')).join('');
    expect(await left()).toBe('+-++-+++');
    await setLegalHold(url, { from: 2, to: 2 }, false);
    await store.prune({ by: 7, ranges: [[1, 4]] });
    expect(await left()).toBe('+----+++');
  });

  test('is on all versions, also on one that pruning has put and not yet followed up', async () => {
    const place = await fourSegments();
    const { bucket, store, url } = place;
    const key = 'seg/0000000000000002';
    const [whole] = await bucket.versions(key);
    const bytes = await bucket.get(key);
    await store.prune({ by: 7, ranges: [[2, 2]] });
    // As if it had crashed between the two steps: both versions are there, the whole one the older.
    const [pruned] = await bucket.versions(key);
    const body = await bucket.get(key);
    await bucket.remove(key, pruned?.versionId);
    for (const one of [bytes, body]) await bucket.put(key, one ?? new Uint8Array());
    expect((await bucket.versions(key)).map(({ versionId }) => versionId)).not.toContain(whole?.versionId);
    await setLegalHold(url, { from: 2, to: 2 }, true);
    expect(await heldIn(place)).toContain('seg/2');
    expect(await bucket.versions(key)).toHaveLength(2);
    await expect(store.prune({ by: 7, ranges: [[2, 2]] })).rejects.toThrow('under a legal hold');
    expect(await bucket.versions(key)).toHaveLength(2);
    await setLegalHold(url, { from: 2, to: 2 }, false);
    await store.prune({ by: 7, ranges: [[2, 2]] });
    expect(await bucket.versions(key)).toHaveLength(1);
    expect((await texts(store))[2]).toBeUndefined();
  });

  test('is on segments that lost a race there, too, and is told when their bodies are to go', async () => {
    const { bucket, store, url } = await fourSegments();
    const twice = [access()];
    await bucket.put('seg/0000000000000002', await lostSegment(store, 2, twice));
    await appendAll(store, [...twice, access()]);
    expect(await setLegalHold(url, { from: 2, to: 3 }, true)).toMatchObject({ segments: 1, versions: 3 });
    await expect(store.prune({ by: 9, ranges: [[8, 8]] })).rejects.toMatchObject({
      index: 2,
      message: expect.stringContaining('seg/0000000000000002 is under a legal hold') as string,
    });
    expect((await texts(store))[8]).toBeUndefined();
    expect(await bucket.versions('seg/0000000000000002')).toHaveLength(2);
  });
});
