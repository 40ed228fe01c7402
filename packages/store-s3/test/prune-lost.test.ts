import { formatUuid, parseVkey } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import { publishTo } from '../src/publish/publish.ts';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import { type Access, access, appendAll, lostSegment } from './lib/accesses.ts';
import { open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const HOUR = 3_600_000;
const SEGMENT_0 = 'seg/0000000000000000';
const SEGMENT_1 = 'seg/0000000000000001';
const SEGMENT_2 = 'seg/0000000000000002';
const TRUST = { origin: SUITE_SIGNER.name, verifiers: [parseVkey(SUITE_SIGNER.vkey)] };

interface Place {
  readonly url: string;
  readonly store: LogStore;
  readonly bucket: Bucket;
  /** Entries 3 and 4, which lost a race for the place of 1 before. */
  readonly twice: readonly [Access, Access];
  readonly lost: Uint8Array;
}

/** Segments of one entry, of two, of two and of one. What lost is under a lock for so long. */
async function raced(lockedMs = 0): Promise<Place> {
  const url = await newPlace();
  const store = await open(url, 'create');
  const bucket = bucketOf(url);
  const twice = [access(), access()] as const;
  await appendAll(store, [access()]);
  await appendAll(store, [access(), access()]);
  const lost = await lostSegment(store, 1, twice);
  const lock = { mode: 'governance', until: new Date(Date.now() + lockedMs) } as const;
  await bucket.put(SEGMENT_1, lost, lockedMs > 0 ? lock : undefined);
  await appendAll(store, twice);
  await appendAll(store, [access()]);
  return { url, store, bucket, twice, lost };
}

/** Keys below which some version of a segment, signed by the log's key, has the body of an entry. */
async function keysWith({ bucket }: Place, { id }: Access): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const { key, versionId } of await bucket.versions('seg/')) {
    const segment = decodeSegment((await bucket.get(key, { versionId })) ?? new Uint8Array(), TRUST);
    if (segment.kind === 'problem') continue;
    const ids = segment.parts.map((_, n) => formatUuid(segment.ids.subarray(16 * n, 16 * n + 16)));
    if (segment.entries[ids.indexOf(formatUuid(id))] !== undefined) keys.push(key);
  }
  return keys;
}

async function there({ url }: Place): Promise<readonly boolean[]> {
  const reader = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
  expect((await reader.inspect()).filter((found) => typeof found === 'string')).toEqual([]);
  return (await texts(reader)).map((text) => text !== undefined);
}

describe.skipIf(NO_S3)(`a segment that lost a race ${NEEDS_S3}`, () => {
  test('is told as no damage, with how many of its entries the log has', async () => {
    const { store, bucket } = await raced();
    expect(await store.inspect()).toEqual([
      {
        code: 'race-lost',
        remark: `segments that lost a race: 1, at ${SEGMENT_1}, with 2 entries, all of which the log has`,
      },
    ]);
    await bucket.put(SEGMENT_0, await lostSegment(store, 0, [access()]));
    expect(await store.inspect()).toMatchObject([
      {
        remark: expect.stringMatching(
          /: 2, the first at seg\/0{16}, with 3 entries, 1 of which .* nowhere/,
        ) as string,
      },
    ]);
  });

  test('goes with the entries that it repeats, of which nothing is left anywhere', async () => {
    const place = await raced();
    const { store, bucket, twice, lost } = place;
    // Not where it lost, and amid another segment: whoever put it there did not sign it.
    await bucket.put(SEGMENT_0, lost);
    await bucket.put(SEGMENT_2, lost);
    expect(await keysWith(place, twice[0])).toEqual([
      SEGMENT_0,
      SEGMENT_1,
      SEGMENT_2,
      'seg/0000000000000003',
    ]);
    await store.prune({ by: 5, ranges: [[3, 3]] });
    for (const one of twice.slice(0, 1)) expect(await keysWith(place, one)).toEqual([]);
    expect(await keysWith(place, twice[1])).toEqual(['seg/0000000000000003']);
    expect(await there(place)).toEqual([true, true, true, false, true, true]);
    expect(await store.inspect()).toEqual([]);
  });

  test('stays where it repeats nothing that goes', async () => {
    const place = await raced();
    await place.store.prune({ by: 5, ranges: [[0, 0]] });
    expect(await keysWith(place, place.twice[0])).toEqual([SEGMENT_1, 'seg/0000000000000003']);
  });

  test('goes with the segment that won, whatever it repeats', async () => {
    const place = await raced();
    await place.store.prune({ by: 5, ranges: [[2, 2]] });
    expect(await keysWith(place, place.twice[0])).toEqual(['seg/0000000000000003']);
    expect(await there(place)).toEqual([true, true, false, true, true, true]);
  });

  test('under a lock is told with its date, and all else goes', async () => {
    const place = await raced(HOUR);
    const { store, twice } = place;
    const pruning = store.prune({ by: 5, ranges: [[3, 4]] });
    const hour = new Date(Date.now() + HOUR).toISOString().slice(0, 14);
    await expect(pruning).rejects.toMatchObject({
      code: 'STORE_IO',
      index: 1,
      message: expect.stringContaining(`${SEGMENT_1} is locked until ${hour.slice(0, 11)}`) as string,
    });
    expect(await keysWith(place, twice[0])).toEqual([SEGMENT_1]);
    expect(await there(place)).toEqual([true, true, true, false, false, true]);
  });

  test('under a lock keeps the bodies of the one that won: alone it would be the truth', async () => {
    const place = await raced(HOUR);
    const pruning = place.store.prune({
      by: 5,
      ranges: [
        [0, 0],
        [2, 2],
      ],
    });
    await expect(pruning).rejects.toMatchObject({ code: 'STORE_IO', index: 1 });
    expect(await there(place)).toEqual([false, true, true, true, true, true]);
  });

  test('is known by its signature: what is not signed is evidence, and stays', async () => {
    const place = await raced();
    const { store, bucket } = place;
    await bucket.put(SEGMENT_1, Buffer.from('garbage'));
    await bucket.put('seg/0000000000000003', Buffer.from('garbage'));
    await store.prune({ by: 5, ranges: [[1, 4]] });
    for (const key of [SEGMENT_1, 'seg/0000000000000003']) {
      const bodies = await Promise.all(
        (await bucket.versions(key)).map(({ versionId }) => bucket.get(key, { versionId })),
      );
      expect(bodies.filter((body) => Buffer.from(body ?? []).toString() === 'garbage')).toHaveLength(1);
      expect(bodies).toHaveLength(2);
    }
  });
});

describe.skipIf(NO_S3)(`what is published ${NEEDS_S3}`, () => {
  test('loses the bundles of bodies that are pruned, at once and in every version', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    const genesis = JSON.stringify({ index: 0, kind: 'genesis', vkey: SUITE_SIGNER.vkey });
    await appendAll(store, [{ id: access().id, bytes: Buffer.from(genesis) }, access(), access()]);
    const bucket = bucketOf(url);
    await publishTo(store, bucket, { bundles: true });
    await appendAll(store, [access()]);
    await publishTo(store, bucket, { bundles: true });
    const [bundle = ''] = await bucket.list('tile/entries/');
    await bucket.put(bundle, (await bucket.get(bundle)) ?? new Uint8Array());
    expect(await bucket.versions('tile/entries/')).toHaveLength(3);
    await store.prune({ by: 3, ranges: [[1, 1]] });
    expect(await bucket.versions('tile/entries/')).toEqual([]);
    expect(await bucket.list('tile/0/')).toHaveLength(2);
  });
});
