import { randomBytes } from 'node:crypto';
import { createSigner } from '@zegel/core';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import type { ObjectVersion } from '../src/bucket/object-version.ts';
import { parseS3Url } from '../src/s3-url.ts';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import { encodePruned } from '../src/segment/encode-segment.ts';
import { MAX_SEGMENT_BYTES, type Segment } from '../src/segment/segment.ts';
import { type TruthOptions, truthOf, type Truth } from '../src/truth.ts';
import { administrator, bucketOf, NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';
import { logEntries, ORIGIN, segmentObject, TRUST } from './lib/segments.ts';

const KEY = 'seg/0000000000000000';

function segmentOf(bytes: Uint8Array): Segment {
  const segment = decodeSegment(bytes, TRUST);
  if (segment.kind === 'problem') throw new Error(segment.reason);
  return segment;
}

async function put(bucket: Bucket, bytes: Uint8Array): Promise<string> {
  const outcome = await bucket.put(KEY, bytes);
  if (outcome.kind !== 'made' || outcome.versionId === undefined) throw new Error(outcome.kind);
  return outcome.versionId;
}

function truth(bucket: Bucket, options?: TruthOptions): Promise<Truth> {
  return truthOf(bucket, KEY, ({ first, prev }) => first === 0 && prev[0] !== 99, TRUST, options);
}

const kinds = ({ foreign }: Truth): readonly string[] => foreign.map(({ kind }) => kind);

describe.skipIf(NO_S3)(`the truth of a key ${NEEDS_S3}`, () => {
  it('is nothing where nothing is', async () => {
    const bucket = bucketOf(await newBuckets());
    await bucket.create(`${KEY}0`, segmentObject(logEntries(1)));
    expect(await truth(bucket)).toEqual({
      version: undefined,
      segment: undefined,
      bytes: undefined,
      foreign: [],
    });
  });

  it('is the oldest version that verifies and continues the log', async () => {
    const bucket = bucketOf(await newBuckets());
    const stranger = createSigner(ORIGIN, randomBytes(32));
    await put(bucket, Buffer.from('garbage'));
    await put(bucket, segmentObject(logEntries(2), { signer: stranger }));
    await put(bucket, segmentObject(logEntries(2), { first: 5 }));
    await put(bucket, segmentObject(logEntries(2), { prev: new Uint8Array(32).fill(99) }));
    const bytes = segmentObject(logEntries(2));
    const versionId = await put(bucket, bytes);
    await put(bucket, segmentObject(logEntries(3)));
    await put(bucket, Buffer.from('more garbage'));
    const found = await truth(bucket);
    expect(found.version?.versionId).toBe(versionId);
    expect(found.segment?.count).toBe(2);
    expect(Buffer.compare(found.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
    expect(found.foreign.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'garbage: it is not a segment',
      'garbage: no known key signed the note',
      'garbage: it does not continue the log',
      'garbage: it does not continue the log',
      'late: it came after the truth',
      'late: it came after the truth',
    ]);
  });

  it('tells what came later, where that is asked', async () => {
    const bucket = bucketOf(await newBuckets());
    const bytes = segmentObject(logEntries(4));
    const versionId = await put(bucket, bytes);
    await put(bucket, bytes);
    await put(
      bucket,
      encodePruned(segmentOf(bytes), (index) => index === 2, randomBytes(16)),
    );
    await put(bucket, segmentObject(logEntries(1)));
    await put(bucket, Buffer.from('garbage'));
    const found = await truth(bucket, { whole: true });
    expect(found.version?.versionId).toBe(versionId);
    expect(kinds(found)).toEqual(['copy', 'copy', 'late', 'late']);
    expect(found.foreign[2]?.reason).toMatch(/valid segment/);
    expect(found.foreign[3]?.reason).toMatch(/not a segment/);
  });

  it('is not hidden by a delete marker, nor by what covers it', async () => {
    const url = await newBuckets();
    const bucket = bucketOf(url);
    const versionId = await put(bucket, segmentObject(logEntries(2)));
    await administrator().send(new DeleteObjectCommand({ Bucket: parseS3Url(url).bucket, Key: KEY }));
    const found = await truth(bucket);
    expect(found.version?.versionId).toBe(versionId);
    expect(kinds(found)).toContain('marker');
  });

  it('is the pruned version once the whole one is gone', async () => {
    const bucket = bucketOf(await newBuckets());
    const bytes = segmentObject(logEntries(4));
    const old = await put(bucket, bytes);
    const pruned = await put(
      bucket,
      encodePruned(segmentOf(bytes), () => true, randomBytes(16)),
    );
    expect((await truth(bucket)).version?.versionId).toBe(old);
    await bucket.remove(KEY, old);
    const found = await truth(bucket);
    expect(found.version?.versionId).toBe(pruned);
    expect(found.segment?.entries).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('does not fetch what this process put itself, and fetches what it did not', async () => {
    const bucket = bucketOf(await newBuckets());
    await put(bucket, Buffer.from('garbage'));
    const bytes = segmentObject(logEntries(4));
    const versionId = await put(bucket, bytes);
    const mine = { versionId, bytes, segment: segmentOf(bytes) };
    const before = bucket.counts.gets;
    expect((await truth(bucket, { mine })).version?.versionId).toBe(versionId);
    expect(bucket.counts.gets - before).toBe(1);
  });

  it('is sought again when a version goes while it is read', async () => {
    const bucket = bucketOf(await newBuckets());
    const bytes = segmentObject(logEntries(4));
    const old = await put(bucket, bytes);
    const pruned = await put(
      bucket,
      encodePruned(segmentOf(bytes), () => true, randomBytes(16)),
    );
    const versions = bucket.versions.bind(bucket);
    bucket.versions = async (prefix): Promise<ObjectVersion[]> => {
      const listed = await versions(prefix);
      await bucket.remove(KEY, old);
      return listed;
    };
    expect((await truth(bucket)).version?.versionId).toBe(pruned);
  });
});

it('is not sought in what is larger than a segment, nor for ever', async () => {
  const version = { key: KEY, versionId: 'v', isDeleteMarker: false, size: MAX_SEGMENT_BYTES + 1, etag: '' };
  const bucket = {
    versions: () => Promise.resolve([version]),
    get: () => Promise.reject(new Error('fetched')),
  } as unknown as Bucket;
  const found = await truth(bucket);
  expect(found.foreign).toMatchObject([{ kind: 'garbage', reason: 'it is larger than any segment' }]);
  const vanishing = {
    versions: () => Promise.resolve([{ ...version, size: 10 }]),
    get: () => Promise.resolve(undefined),
  } as unknown as Bucket;
  await expect(truth(vanishing)).rejects.toThrow(expect.objectContaining({ code: 'STORE_IO' }));
});
