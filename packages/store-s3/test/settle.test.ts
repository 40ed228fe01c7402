import { randomBytes } from 'node:crypto';
import { createSigner } from '@zegel/core';
import { SUITE_SIGNER } from '@zegel/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Bucket } from '../src/bucket/bucket.ts';
import type { Outcome } from '../src/bucket/object-version.ts';
import { encodeSegment } from '../src/segment/encode-segment.ts';
import { append, open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const UNKNOWN: Outcome = { kind: 'unknown', cause: new Error('cut') };

afterEach(() => {
  vi.restoreAllMocks();
});

/** The next creates of segments end so: sent or not, and nobody knows. */
function spoil(...sent: readonly boolean[]): void {
  const create = Bucket.prototype.create;
  const left = [...sent];
  vi.spyOn(Bucket.prototype, 'create').mockImplementation(async function (this: Bucket, key, body, lock) {
    const isSent = key.startsWith('seg/') ? left.shift() : undefined;
    if (isSent === undefined) return create.call(this, key, body, lock);
    if (isSent) await create.call(this, key, body, lock);
    return UNKNOWN;
  });
}

describe.skipIf(NO_S3)(`an outcome that is not known ${NEEDS_S3}`, () => {
  test.each([
    ['arrived', [true]],
    ['did not arrive', [false]],
    ['did not arrive twice, then arrived', [false, false, true]],
  ])('of a segment that %s is found out by reading', async (_name, sent) => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    spoil(...sent);
    await append(store, 'two');
    expect(await texts(store)).toEqual(['one', 'two']);
    expect(await bucketOf(url).versions('seg/')).toHaveLength(2);
    await append(store, 'three');
    expect(await texts(await open(url, 'write'))).toEqual(['one', 'two', 'three']);
  });

  test('ends with STORE_IO at the time-out, and the same bytes come first at the key afterwards', async () => {
    const url = await newPlace();
    const store = await open(url, 'create', { busyTimeout: 200 });
    await append(store, 'one');
    spoil(...Array.from({ length: 1000 }, () => false));
    await expect(append(store, 'two')).rejects.toMatchObject({ code: 'STORE_IO' });
    vi.restoreAllMocks();
    await append(store, 'three');
    expect(await texts(store)).toEqual(['one', 'two', 'three']);
  });

  test('is no matter when another segment is the truth meanwhile', async () => {
    const url = await newPlace();
    const store = await open(url, 'create', { busyTimeout: 200 });
    const other = await open(url, 'create');
    await append(store, 'one');
    spoil(...Array.from({ length: 1000 }, () => false));
    await expect(append(store, 'two')).rejects.toMatchObject({ code: 'STORE_IO' });
    vi.restoreAllMocks();
    await append(other, 'another');
    await append(store, 'three');
    expect(await texts(store)).toEqual(['one', 'another', 'three']);
  });

  test('of a checkpoint does not keep the entries from standing, and it is tried again', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    const create = Bucket.prototype.create;
    let cuts = 2;
    vi.spyOn(Bucket.prototype, 'create').mockImplementation(async function (this: Bucket, key, body, lock) {
      if (key.startsWith('checkpoint/') && cuts-- > 0) return UNKNOWN;
      return create.call(this, key, body, lock);
    });
    await append(store, 'one');
    expect(await bucketOf(url).list('checkpoint/')).toHaveLength(1);
  });
});

describe.skipIf(NO_S3)(`another key ${NEEDS_S3}`, () => {
  const stranger = createSigner(SUITE_SIGNER.name, new Uint8Array(32).fill(8));

  test('opens no log that it has not signed', async () => {
    const url = await newPlace();
    await append(await open(url, 'create'), 'one');
    await expect(open(url, 'write', { signer: stranger })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    const vkey = SUITE_SIGNER.vkey;
    const store = await open(url, 'write', { signer: stranger, vkey });
    await expect(append(store, 'two')).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  });

  test('makes garbage of a segment at the key to come', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    const forged = encodeSegment({
      origin: stranger.name,
      first: 1,
      prev: await store.leafHashes(0, 1),
      entries: [new TextEncoder().encode('forged')],
      ids: new Uint8Array(randomBytes(16)),
      parts: [0],
      signer: stranger,
      nonce: new Uint8Array(randomBytes(16)),
    });
    await bucketOf(url).create('seg/0000000000000001', forged);
    expect(await texts(store)).toEqual(['one']);
    await append(store, 'two');
    expect(await texts(await open(url, 'write'))).toEqual(['one', 'two']);
  });
});
