import { describe, expect, test } from 'vitest';
import { append, open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const key = (first: number): string => `seg/${String(first).padStart(16, '0')}`;

describe.skipIf(NO_S3)(`a segment that is gone before a running writer saw it ${NEEDS_S3}`, () => {
  test.each([
    ['in the middle', ['two', 'three', 'four']],
    ['with one of the same length behind it', ['two', 'three']],
  ])('%s: the writer puts its own there and signs nothing', async (_name, others) => {
    const url = await newPlace();
    const bucket = bucketOf(url);
    const behind = await open(url, 'create');
    await append(behind, 'one');
    const ahead = await open(url, 'write');
    for (const text of others) await append(ahead, text);
    const [gone] = await bucket.versions(key(1));
    await bucket.remove(key(1), gone?.versionId ?? '');
    const before = (await bucket.versions('checkpoint/')).length;
    await expect(append(behind, 'other')).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 1 });
    expect(await bucket.versions('checkpoint/')).toHaveLength(before);
  });

  test('is not what garbage at keys to come looks like, however much there is', async () => {
    const url = await newPlace();
    const bucket = bucketOf(url);
    const store = await open(url, 'create');
    await append(store, 'one');
    for (const first of [2, 3, 7]) await bucket.put(key(first), Buffer.from(`garbage ${first}`));
    for (const text of ['two', 'three', 'four']) await append(store, text);
    expect(await texts(await open(url, 'write'))).toEqual(['one', 'two', 'three', 'four']);
  });
});
