import { assert, createSigner, formatCheckpoint, type Signer, treeSize } from '@zegel/core';
import type { Cover, StoredHead } from '@zegel/log/port';
import { parseS3Url } from '../src/index.ts';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { append, everything, hex, newHome, open, texts } from './lib/log.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';
import { newPlace } from './lib/place.ts';

const OTHER = createSigner(SUITE_SIGNER.name, new Uint8Array(32).fill(9));
const SEGMENT_1 = 'seg/0000000000000001';

describe.skipIf(NO_S3)(`what a crash or an administrator leaves ${NEEDS_S3}`, () => {
  test('a segment without its checkpoint gets one from who signs, and is clipped by who only reads', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    await append(store, 'two', 'three');
    const head = await store.head();
    const bucket = bucketOf(url);
    const key = 'checkpoint/0000000000000003';
    for (const { versionId } of await bucket.versions(key)) await bucket.remove(key, versionId);
    const reader = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
    expect((await reader.head())?.size).toBe(1);
    // Verification names entries that no checkpoint covers: they are read all the same.
    expect(await texts(reader)).toEqual(['one', 'two', 'three']);
    const writer = await open(url, 'write');
    expect(await writer.head()).toEqual(head);
    expect(await bucket.list('checkpoint/')).toContain(key);
    expect(await reader.head()).toEqual(head);
  });

  test('one that was signed elsewhere is taken if it is one of the log: over its entries, signed by its key', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    const short = await store.head();
    await append(store, 'two', 'three');
    const head = await store.head();
    assert(short !== undefined && head !== undefined, 'there are heads');
    const signedBy = (root: Uint8Array, ...signers: readonly Signer[]): StoredHead => {
      const text = Buffer.from(formatCheckpoint({ origin: SUITE_SIGNER.name, size: head.size, root }));
      const each = signers.map((one) => [Buffer.from(one.keyId, 'hex'), one.sign(text)]).flat();
      return { ...head, root, signatures: Buffer.concat(each) };
    };
    const both = signedBy(head.root, SUITE_SIGNER, OTHER);
    const bucket = bucketOf(url);
    const key = 'checkpoint/0000000000000003';
    const found: string[] = [];
    for (const given of [
      both,
      signedBy(short.root, SUITE_SIGNER, OTHER),
      signedBy(head.root, OTHER),
      undefined,
    ]) {
      for (const { versionId } of await bucket.versions(key)) await bucket.remove(key, versionId);
      const writer = await open(url, 'write', { signed: () => Promise.resolve(given) });
      found.push(hex((await writer.head())?.signatures));
      await writer.close();
    }
    const own = hex(head.signatures);
    expect(found).toEqual([hex(both.signatures), own, own, own]);
  });

  test('who finds that all of it stands already sees to its checkpoint before saying so', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    const other = await open(url, 'write');
    await append(store, 'two');
    const bucket = bucketOf(url);
    const key = 'checkpoint/0000000000000002';
    for (const { versionId } of await bucket.versions(key)) await bucket.remove(key, versionId);
    expect(await other.commit(() => undefined)).toBeUndefined();
    expect(await bucket.list('checkpoint/')).toContain(key);
  });

  test('garbage in the place of a checkpoint is overwritten, and does not count', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    const bucket = bucketOf(url);
    await bucket.put('checkpoint/0000000000000002', Buffer.from('no note'));
    await bucket.put('checkpoint/0000000000000009', Buffer.from('no note'));
    await append(store, 'two');
    const reader = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
    expect((await reader.head())?.size).toBe(2);
    expect((await reader.heads(0, 100, 100)).map(({ size }) => size)).toEqual([1, 2]);
  });

  test('a reader without a key is refused what names none, and another key what it did not sign', async () => {
    const url = await newPlace();
    await expect(open(url, 'read')).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    await append(await open(url, 'create'), 'one');
    await expect(open(url, 'read')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await expect(open(url, 'create')).rejects.toMatchObject({ code: 'STORE_EXISTS' });
  });

  test('garbage at the key to come is no segment: the log goes on over it', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    await bucketOf(url).put(SEGMENT_1, Buffer.from('garbage'));
    expect(await store.inspect('outline')).toEqual([expect.stringContaining(SEGMENT_1)]);
    await append(store, 'two');
    expect(await texts(store)).toEqual(['one', 'two']);
    expect(await texts(await open(url, 'write'))).toEqual(['one', 'two']);
    expect(await store.inspect()).toEqual([expect.stringContaining(`${SEGMENT_1} has a foreign version`)]);
  });

  test('a segment that was overwritten is read as it was', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    await append(store, 'two');
    await bucketOf(url).put(SEGMENT_1, Buffer.from('garbage'));
    expect(await texts(await open(url, 'write'))).toEqual(['one', 'two']);
  });

  test('a segment that is gone is damage where it was known, and a hole where not', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const store = await open(url, 'create', { home });
    for (const text of ['one', 'two', 'three']) await append(store, text);
    await store.close();
    const bucket = bucketOf(url);
    for (const { versionId } of await bucket.versions(SEGMENT_1)) await bucket.remove(SEGMENT_1, versionId);
    const knows = await open(url, 'write', { home });
    const entries = await everything(knows);
    expect(entries.map(({ damage }) => damage === undefined)).toEqual([true, false, true]);
    expect(hex(entries[1]?.leafHash)).not.toBe(hex(new Uint8Array(32)));
    expect(await knows.inspect()).toEqual([`${SEGMENT_1} is gone`]);
    const fresh = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
    expect((await everything(fresh)).map(({ index }) => index)).toEqual([0, 2]);
    expect((await fresh.head())?.size).toBe(3);
    await expect(fresh.leafHashes(0, 3)).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 1 });
    expect(await fresh.inspect()).toEqual([
      expect.stringContaining('checkpoint/0000000000000002'),
      expect.stringContaining(SEGMENT_1),
    ]);
  });

  test('nothing is appended to a log that lost its tail', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    await append(store, 'two');
    const bucket = bucketOf(url);
    for (const { versionId } of await bucket.versions(SEGMENT_1)) await bucket.remove(SEGMENT_1, versionId);
    await expect(open(url, 'write')).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 1 });
    expect(await bucket.list('seg/')).toHaveLength(1);
    const reader = await open(url, 'read', { vkey: SUITE_SIGNER.vkey });
    expect((await reader.head())?.size).toBe(2);
  });

  test('a bucket without versions is named', async () => {
    const [place, query] = (await newPlace()).split('?');
    const { bucket, vaultBucket } = parseS3Url(`${place}?${query}`);
    const url = `${place?.replace(bucket, vaultBucket)}?${query}&vault=${bucket}`;
    const store = await open(url, 'create');
    await append(store, 'one');
    expect(await texts(store)).toEqual(['one']);
    expect(await store.inspect('outline')).toEqual([expect.stringContaining('has no versioning')]);
  });

  test('bodies under a lock stay, and the refusal says until when', async () => {
    const url = await newPlace({ locked: 'governance', more: 'lock-days=3' });
    const store = await open(url, 'create');
    await append(store, 'one', 'two');
    await append(store, 'three');
    const cover: Cover = { by: 2, ranges: [[0, 0]] };
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await expect(store.prune(cover)).rejects.toMatchObject({ code: 'STORE_IO' });
    await expect(store.prune(cover)).rejects.toThrow(day);
    expect(await texts(store)).toEqual(['one', 'two', 'three']);
    expect(await store.inspect()).toEqual([]);
  });

  test('a store hears of destroyed handles before it takes in what comes later, on opening of all', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const number = (n: number) => new Uint8Array(16).fill(n);
    const retention = (n: number) =>
      JSON.stringify({ handles: [Buffer.from(number(n)).toString('base64url')], kind: 'retention' });
    const heard: string[] = [];
    const onRetention = (numbers: readonly Uint8Array[]) => heard.push(...numbers.map(hex));
    const store = await open(url, 'create', { home, onRetention });
    await append(store, 'one', retention(1));
    expect(heard).toEqual([hex(number(1))]);
    const elsewhere = await open(url, 'write');
    await append(elsewhere, retention(2), 'two', retention(3));
    await store.head();
    const all = [1, 2, 3].map((n) => hex(number(n)));
    expect(heard).toEqual(all);
    heard.length = 0;
    await open(url, 'read', { home, vkey: SUITE_SIGNER.vkey, onRetention });
    expect(heard).toEqual(all);
  });

  test('a commit whose body is not at hand is built again once it is', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const store = await open(url, 'create', { home });
    for (let n = 0; n < 9; n++) await append(store, `entry ${n}`);
    const fresh = await open(url, 'write', { home });
    let built = 0;
    await fresh.commit((view) => {
      built++;
      expect(view.size).toBe(treeSize(9));
      const bodies = view.read(0, 9).map(({ bytes }) => Buffer.from(bytes ?? '').toString());
      expect(bodies).toEqual(Array.from({ length: 9 }, (_, n) => `entry ${n}`));
      return undefined;
    });
    expect(built).toBeGreaterThan(1);
  });
});
