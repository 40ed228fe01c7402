import { randomBytes } from 'node:crypto';
import { equalBytes, parseVkey } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { decodeSegment } from '../src/segment/decode-segment.ts';
import { encodePruned } from '../src/segment/encode-segment.ts';
import { append, open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const SEGMENT_0 = 'seg/0000000000000000';
const FIRST: Cover = { by: 4, ranges: [[0, 0]] };
const THIRD: Cover = { by: 5, ranges: [[2, 2]] };
const vkey = SUITE_SIGNER.vkey;

async function logOf(url: string): ReturnType<typeof open> {
  const store = await open(url, 'create');
  await append(store, 'one', 'two', 'three', 'four');
  await append(store, 'cover', 'cover');
  return store;
}

/** The first segment without some bodies, as anybody can make it: its note is the same. */
async function withoutBodies(url: string, isPruned: (index: number) => boolean): Promise<Uint8Array> {
  const bytes = await bucketOf(url).get(SEGMENT_0);
  const trust = { origin: SUITE_SIGNER.name, verifiers: [parseVkey(vkey)] };
  const segment = decodeSegment(bytes ?? new Uint8Array(), trust);
  if (segment.kind === 'problem') throw new Error(segment.reason);
  return encodePruned(segment, isPruned, randomBytes(16));
}

describe.skipIf(NO_S3)(`pruning a segment that others have put versions of ${NEEDS_S3}`, () => {
  test('two machines that prune it under two covers at once leave it without either body', async () => {
    for (let round = 0; round < 4; round++) {
      const url = await newPlace();
      const one = await logOf(url);
      const other = await open(url, 'write');
      await Promise.all([one.prune(FIRST), other.prune(THIRD)]);
      const left = [undefined, 'two', undefined, 'four', 'cover', 'cover'];
      expect(await texts(await open(url, 'read', { vkey }))).toEqual(left);
    }
  });

  test('a version from which somebody left out more does not become the segment', async () => {
    const url = await newPlace();
    const store = await logOf(url);
    await bucketOf(url).put(SEGMENT_0, await withoutBodies(url, () => true));
    await store.prune(FIRST);
    const reader = await open(url, 'read', { vkey });
    expect(await texts(reader)).toEqual([undefined, 'two', 'three', 'four', 'cover', 'cover']);
    expect(await bucketOf(url).versions(SEGMENT_0)).toHaveLength(1);
  });

  test('nor does one that is locked: pruning stops', async () => {
    const url = await newPlace();
    const store = await logOf(url);
    const lock = { mode: 'governance', until: new Date(Date.now() + 600_000) } as const;
    await bucketOf(url).put(SEGMENT_0, await withoutBodies(url, () => true), lock);
    await expect(store.prune(FIRST)).rejects.toMatchObject({ code: 'STORE_IO' });
    const reader = await open(url, 'read', { vkey });
    expect(await texts(reader)).toEqual(['one', 'two', 'three', 'four', 'cover', 'cover']);
  });

  test('a version that a pruner left when it broke off goes at the next run', async () => {
    const url = await newPlace();
    const store = await logOf(url);
    const early = await withoutBodies(url, (index) => index === 2);
    await store.prune(FIRST);
    await bucketOf(url).put(SEGMENT_0, early);
    await store.prune(FIRST);
    const versions = await bucketOf(url).versions(SEGMENT_0);
    const without = await withoutBodies(url, () => false);
    expect(versions.every(({ size }) => size <= without.length)).toBe(true);
    expect(equalBytes(early, (await bucketOf(url).get(SEGMENT_0)) ?? early)).toBe(false);
    expect(await texts(await open(url, 'read', { vkey }))).toEqual([
      undefined,
      'two',
      'three',
      'four',
      'cover',
      'cover',
    ]);
  });
});
