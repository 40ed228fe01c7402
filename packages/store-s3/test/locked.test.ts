import type { LogStore } from '@zegel/log/port';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../src/bucket/bucket.ts';
import type { Lock } from '../src/bucket/object-version.ts';
import { access, appendAll } from './lib/accesses.ts';
import { open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const DAY = 86_400_000;
const SEGMENT_0 = 'seg/0000000000000000';
const MODES = ['governance', 'compliance'] as const;

function reading(url: string): Promise<LogStore> {
  return open(url, 'read', { vkey: SUITE_SIGNER.vkey });
}

async function lockAt(bucket: Bucket, key: string): Promise<Lock | undefined> {
  const [version] = await bucket.versions(key);
  return version && (await bucket.lockOf(key, version.versionId))?.lock;
}

/** Days from now until a lock ends, rounded; undefined without one. */
async function daysAt(bucket: Bucket, key: string): Promise<number | undefined> {
  const lock = await lockAt(bucket, key);
  return lock && Math.round((lock.until.getTime() - Date.now()) / DAY);
}

/** Bodies of a range go under a cover that is the last entry. */
async function prune(store: LogStore, first: number, last: number): Promise<void> {
  const by = ((await store.head())?.size ?? 0) - 1;
  await store.prune({ by, ranges: [[first, last]] });
}

describe.skipIf(NO_S3)(`what is locked ${NEEDS_S3}`, () => {
  test.each(MODES)('segments and checkpoints, under %s', async (locked) => {
    const url = await newPlace({ locked, more: 'lock-days=3' });
    const store = await open(url, 'create');
    await appendAll(store, [access(), access()]);
    const bucket = bucketOf(url);
    for (const key of [SEGMENT_0, 'checkpoint/0000000000000002']) {
      expect(await lockAt(bucket, key), key).toMatchObject({ mode: locked });
      expect(await daysAt(bucket, key), key).toBe(3);
    }
    expect(await store.inspect()).toEqual([]);
  });

  test('a checkpoint that was rolled forward, or put over garbage', async () => {
    const url = await newPlace({ locked: 'governance', more: 'lock-days=3' });
    const store = await open(url, 'create');
    const bucket = bucketOf(url);
    await bucket.put('checkpoint/0000000000000002', Buffer.from('garbage'));
    await appendAll(store, [access(), access()]);
    expect(await daysAt(bucket, 'checkpoint/0000000000000002')).toBe(3);
    const found = await store.inspect();
    expect(found).toEqual([expect.stringContaining('has 2 versions')]);
  });

  test('copied entries are locked by their own time, their checkpoints by that of the copy', async () => {
    const url = await newPlace({ locked: 'governance', more: 'lock-days=30' });
    const store = await open(url, 'create', { terms: { orders: 20 * DAY, calls: 5 * DAY } });
    await appendAll(store, [access('orders', 12 * DAY)]);
    await appendAll(store, [access('orders'), access('calls', 6 * DAY)]);
    await appendAll(store, [access('other', 400 * DAY)]);
    const bucket = bucketOf(url);
    const days = [0, 1, 3].map((first) => daysAt(bucket, `seg/${String(first).padStart(16, '0')}`));
    expect(await Promise.all(days)).toEqual([8, undefined, 30]);
    for (const size of [1, 3, 4]) expect(await daysAt(bucket, `checkpoint/000000000000000${size}`)).toBe(30);
    expect(await store.inspect()).toEqual([]);
  });

  test('a pruned segment, by what is left in it', async () => {
    const url = await newPlace({ locked: 'governance', more: 'lock-days=30' });
    const terms = { orders: 20 * DAY, calls: 5 * DAY, visits: 0 };
    const store = await open(url, 'create', { terms });
    await appendAll(store, [access('calls', 6 * DAY), access('orders', 8 * DAY), access('other')]);
    await appendAll(store, [access('visits')]);
    const bucket = bucketOf(url);
    expect(await daysAt(bucket, SEGMENT_0)).toBeUndefined();
    await prune(store, 0, 0);
    expect(await daysAt(bucket, SEGMENT_0)).toBe(12);
    expect((await texts(store)).map((text) => text !== undefined)).toEqual([false, true, true, true]);
    expect(await (await reading(url)).inspect('whole', terms)).toEqual([]);
    await expect(prune(store, 1, 1)).rejects.toMatchObject({ code: 'STORE_IO', index: 0 });
    expect(await bucket.versions(SEGMENT_0)).toHaveLength(1);
  });
});

describe.skipIf(NO_S3)(`a lock that lacks ${NEEDS_S3}`, () => {
  /** What an inspection says of a log that was written under other rules than those it is looked at by. */
  async function said(written: string, locked: 'none' | 'governance'): Promise<readonly unknown[]> {
    const url = await newPlace({ locked, more: written });
    await appendAll(await open(url, 'create'), [access()]);
    const strict = url.replace(/lock=[a-z]+/, 'lock=compliance').replace(/lock-days=\d+/, 'lock-days=9');
    return (await reading(strict)).inspect();
  }

  test('is named, of segments and of checkpoints', async () => {
    expect(await said('lock-days=3', 'none')).toEqual([
      'seg/0000000000000000 is not locked',
      'checkpoint/0000000000000001 is not locked',
    ]);
    const until = new Date(Date.now() + 3 * DAY).toISOString().slice(0, 10);
    expect(await said('lock-days=3', 'governance')).toEqual([
      expect.stringContaining(`seg/0000000000000000 is locked until ${until}`),
      'seg/0000000000000000 is locked in governance mode only',
      expect.stringContaining(`checkpoint/0000000000000001 is locked until ${until}`),
      'checkpoint/0000000000000001 is locked in governance mode only',
    ]);
  });

  test('is nothing where a term calls for less, and something where none does', async () => {
    const url = await newPlace({ locked: 'governance', more: 'lock-days=30' });
    const terms = { orders: 10 * DAY, calls: 0 };
    const store = await open(url, 'create', { terms });
    await appendAll(store, [access('orders'), access('other')]);
    await appendAll(store, [access('calls')]);
    const reader = await reading(url);
    expect(await reader.inspect('whole', terms)).toEqual([]);
    expect(await reader.inspect('whole', { orders: 15 * DAY, calls: 0 })).toEqual([
      expect.stringMatching(/^seg\/0000000000000000 is locked until .* only$/),
    ]);
    expect(await reader.inspect('whole', { orders: 10 * DAY })).toEqual([
      'seg/0000000000000002 is not locked',
    ]);
  });

  test('is not asked of what is old', async () => {
    const url = await newPlace({ locked: 'none', more: 'lock-days=3' });
    await appendAll(await open(url, 'create'), [access('orders', 4 * DAY)]);
    const reader = await reading(url.replace('lock=none', 'lock=compliance'));
    expect(await reader.inspect()).toEqual([]);
  });
});
