import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Bucket } from '../src/bucket/bucket.ts';
import type { Outcome } from '../src/bucket/object-version.ts';
import { parseS3Url } from '../src/s3-url.ts';
import { administrator, bucketOf, NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

function versionOf(outcome: Outcome): string {
  if (outcome.kind !== 'made' || outcome.versionId === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.versionId;
}

describe.skipIf(NO_S3)(`a bucket on a real server ${NEEDS_S3}`, () => {
  it('creates where nothing is, and only there', async () => {
    const bucket = bucketOf(await newBuckets({ prefix: 'a/b' }));
    const versionId = versionOf(await bucket.create('k', Buffer.from('first')));
    expect(await bucket.create('k', Buffer.from('second'))).toEqual({ kind: 'taken' });
    expect(text(await bucket.get('k'))).toBe('first');
    expect(await bucket.versions('k')).toMatchObject([
      { key: 'k', versionId, isDeleteMarker: false, size: 5, etag: '8b04d5e3775d298e78455efc5ca404d5' },
    ]);
  });

  it('puts a younger version, and finds the older ones', async () => {
    const bucket = bucketOf(await newBuckets());
    const ids: string[] = [];
    for (const body of ['one', 'two', 'three']) ids.push(versionOf(await bucket.put('k', Buffer.from(body))));
    expect((await bucket.versions('k')).map(({ versionId }) => versionId)).toEqual(ids.toReversed());
    expect(text(await bucket.get('k', { versionId: ids[0] ?? '' }))).toBe('one');
    expect(text(await bucket.get('k'))).toBe('three');
  });

  it('finds nothing where nothing is', async () => {
    const bucket = bucketOf(await newBuckets());
    expect(await bucket.get('k')).toBeUndefined();
    expect(await bucket.versions('')).toEqual([]);
    expect(await bucket.list('')).toEqual([]);
    expect(await bucket.lockOf('k', 'none')).toBeUndefined();
    await bucket.remove('k', 'none');
  });

  it('shows delete markers, and lists what they hide no more', async () => {
    const url = await newBuckets({ prefix: 'p' });
    const bucket = bucketOf(url);
    const versionId = versionOf(await bucket.create('k', Buffer.from('x')));
    await administrator().send(new DeleteObjectCommand({ Bucket: parseS3Url(url).bucket, Key: 'p/k' }));
    expect(await bucket.versions('')).toMatchObject([
      { key: 'k', isDeleteMarker: true },
      { key: 'k', versionId, isDeleteMarker: false },
    ]);
    expect(await bucket.list('')).toEqual([]);
    expect(await bucket.get('k')).toBeUndefined();
    expect(text(await bucket.get('k', { versionId }))).toBe('x');
  });

  it('reads parts', async () => {
    const bucket = bucketOf(await newBuckets());
    await bucket.create('k', Buffer.from('0123456789'));
    expect(text(await bucket.get('k', { from: 3, to: 6 }))).toBe('345');
    expect(text(await bucket.get('k', { from: 7 }))).toBe('789');
    expect(text(await bucket.get('k', { to: 1 }))).toBe('0');
    expect(text(await bucket.get('k', { from: 8, to: 20 }))).toBe('89');
    expect(await bucket.get('k', { from: 20 })).toHaveLength(0);
  });

  it('lists in byte order, from any key on, over pages, also strange keys', async () => {
    const bucket = bucketOf(await newBuckets({ prefix: 'q' }));
    const keys = ['a', 'a b', 'a%b', 'a+b', 'a\u0001b', 'a&<b', 'Z', 'é', '\u{1f600}', 'a/b'];
    for (const key of keys) await bucket.create(key, Buffer.from('x'));
    const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await bucket.list('')).toEqual(sorted);
    expect((await bucket.versions('')).map(({ key }) => key)).toEqual(sorted);
    expect(await bucket.list('a', 'a b', 3)).toEqual(sorted.slice(sorted.indexOf('a b') + 1).slice(0, 3));
    expect(await bucket.list('', undefined, 0)).toEqual([]);
  });

  it('joins pages of a thousand', async () => {
    const bucket = bucketOf(await newBuckets());
    const keys = Array.from({ length: 1050 }, (_, n) => `seg/${`${n}`.padStart(16, '0')}`);
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map((key) => bucket.create(key, Buffer.from('x'))));
    expect(await bucket.list('seg/')).toEqual(keys);
    expect(await bucket.list('seg/', keys[10], 1020)).toEqual(keys.slice(11, 1031));
    const listed = await bucket.versions('seg/');
    expect(listed.map(({ key }) => key)).toEqual(keys);
    expect(bucket.counts).toEqual({ puts: 1050, gets: 0, lists: 6 });
  }, 120_000);

  it('carries large bodies whole', async () => {
    const bucket = bucketOf(await newBuckets());
    const body = randomBytes(9_000_000);
    versionOf(await bucket.create('k', body));
    expect(Buffer.compare((await bucket.get('k')) ?? Buffer.alloc(0), body)).toBe(0);
  });

  it.each(['governance', 'compliance'] as const)('keeps a version under a %s lock', async (mode) => {
    const bucket = bucketOf(await newBuckets());
    const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 60_000);
    const versionId = versionOf(await bucket.create('k', Buffer.from('x'), { mode, until }));
    expect(await bucket.lockOf('k', versionId)).toEqual({ lock: { mode, until }, legalHold: false });
    const refused = bucket.remove('k', versionId);
    await expect(refused).rejects.toThrow(expect.objectContaining({ code: 'STORE_IO' }));
    await expect(refused).rejects.toThrow(/s3:DeleteObjectVersion on .* is not allowed/);
    expect(text(await bucket.get('k', { versionId }))).toBe('x');
  });

  it('keeps a version under a legal hold, until that is lifted', async () => {
    const bucket = bucketOf(await newBuckets());
    const versionId = versionOf(await bucket.create('k', Buffer.from('x')));
    await bucket.legalHold('k', versionId, true);
    expect(await bucket.lockOf('k', versionId)).toEqual({ lock: undefined, legalHold: true });
    await expect(bucket.remove('k', versionId)).rejects.toThrow(/not allowed/);
    await bucket.legalHold('k', versionId, false);
    await bucket.remove('k', versionId);
    expect(await bucket.get('k', { versionId })).toBeUndefined();
  });

  it('says that there is no such bucket, whatever is asked', async () => {
    const place = { ...parseS3Url(await newBuckets()), bucket: `zegel-${randomBytes(6).toString('hex')}` };
    const bucket = new Bucket(place);
    const asked: readonly (() => Promise<unknown>)[] = [
      () => bucket.create('k', Buffer.from('x')),
      () => bucket.put('k', Buffer.from('x')),
      () => bucket.get('k'),
      () => bucket.list(''),
      () => bucket.versions(''),
      () => bucket.remove('k'),
      () => bucket.settings(),
    ];
    for (const ask of asked)
      await expect(ask(), ask.toString()).rejects.toThrow(
        expect.objectContaining({ code: 'STORE_NOT_FOUND' }),
      );
    expect(await bucket.isThere()).toBe(false);
    bucket.close();
  });

  it('does not keep a process alive that has done its work and closed nothing', async () => {
    const place = JSON.stringify(parseS3Url(await newBuckets()));
    const module = new URL('../dist/bucket/bucket.js', import.meta.url).href;
    const script = `const { Bucket } = await import('${module}');
      const bucket = new Bucket(${place});
      await bucket.create('k', Buffer.from('x'));
      await Promise.all([1, 2, 3].map(() => bucket.get('k')));
      console.log('done', Date.now());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
    });
    const [, at] = stdout.split(' ');
    expect(Date.now() - Number(at)).toBeLessThan(4000);
  });
});
