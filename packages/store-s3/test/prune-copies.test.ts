import { randomBytes } from 'node:crypto';
import { parseVkey } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import type { Lock } from '../src/bucket/object-version.ts';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import { encodePruned } from '../src/segment/encode-segment.ts';
import { access, appendAll } from './lib/accesses.ts';
import { open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const HOUR = 3_600_000;
const SEGMENT = 'seg/0000000000000001';
const TRUST = { origin: SUITE_SIGNER.name, verifiers: [parseVkey(SUITE_SIGNER.vkey)] };

interface Place {
  readonly url: string;
  readonly store: LogStore;
  readonly bucket: Bucket;
}

/** Segments of one entry, of four and of one. */
async function threeSegments(): Promise<Place> {
  const url = await newPlace();
  const store = await open(url, 'create');
  for (const count of [1, 4, 1])
    await appendAll(
      store,
      Array.from({ length: count }, () => access()),
    );
  return { url, store, bucket: bucketOf(url) };
}

/** What somebody without the key can make of a segment: its signature is over hashes, and stays good. */
async function putStripped(
  { bucket }: Place,
  isGone: (index: number) => boolean,
  lock?: Lock,
): Promise<void> {
  const segment = decodeSegment((await bucket.get(SEGMENT)) ?? new Uint8Array(), TRUST);
  if (segment.kind === 'problem') throw new Error(segment.reason);
  await bucket.put(SEGMENT, encodePruned(segment, isGone, randomBytes(16)), lock);
}

async function left({ url }: Place): Promise<string> {
  const reader = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
  return (await texts(reader)).map((text) => (text === undefined ? '-' : '+')).join('');
}

describe.skipIf(NO_S3)(`copies of a segment that is pruned ${NEEDS_S3}`, () => {
  test('that somebody took bodies from and locked keep all of them', async () => {
    const place = await threeSegments();
    await putStripped(place, () => true, { mode: 'governance', until: new Date(Date.now() + HOUR) });
    const pruning = place.store.prune({ by: 5, ranges: [[2, 2]] });
    await expect(pruning).rejects.toMatchObject({
      code: 'STORE_IO',
      index: 1,
      message: expect.stringContaining(`${SEGMENT} is locked until`) as string,
    });
    expect(await left(place)).toBe('++++++');
    expect(await place.bucket.versions(SEGMENT)).toHaveLength(2);
  });

  test('that a crash left are used', async () => {
    const place = await threeSegments();
    await putStripped(place, (index) => index === 2);
    const [before] = await place.bucket.versions(SEGMENT);
    await place.store.prune({ by: 5, ranges: [[2, 2]] });
    expect(await left(place)).toBe('++-+++');
    expect(await place.bucket.versions(SEGMENT)).toMatchObject([{ versionId: before?.versionId }]);
  });
});
