import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteBucketCommand, DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { parseUuid } from '@zegel/core';
import {
  type AccessEvent,
  healAlong,
  type Log,
  openLog,
  openVaultReader,
  parseLocation,
  verifyLog,
} from '@zegel/log';
import { indexVault, openIndex } from '@zegel/search';
import { prepareBuckets } from '@zegel/store-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

const ENDPOINT = process.env['ZEGEL_TEST_S3'] ?? '';
const ORIGIN = 'shop.example/audit';

interface Place {
  readonly url: string;
  readonly keys: string;
  readonly vaultBucket: string;
}

/** Two new buckets, and keys that every machine has. */
async function newPlace(): Promise<Place> {
  const name = `zegel-${randomBytes(8).toString('hex')}`;
  const url = `s3://${name}/log?endpoint=${ENDPOINT}&lock=none&flush=5&poll=50`;
  await prepareBuckets(url, { create: true });
  return { url, keys: folder(), vaultBucket: `${name}-vault` };
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-s3-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Another machine: what is derived is kept in another folder. */
function machine(): () => void {
  const home = folder();
  return () => void vi.stubEnv('XDG_DATA_HOME', home);
}

async function opened({ url, keys }: Place): Promise<Log> {
  const log = await openLog(url, { keys, create: { origin: ORIGIN } });
  onTestFinished(() => log.close());
  return log;
}

function event(n: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    ...{ action: 'read', activity: 'general', fields: ['name'], service: 'shop' },
    actor: { kind: 'employee', id: 'e-17', ip: '192.0.2.7' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
    ...more,
  };
}

/** Whom the first subject of an entry is, as a machine's vault tells it. */
async function subjectOf(log: Log, index: number): Promise<string | undefined> {
  const { bytes } = await log.entry(index);
  const { id, subjects } = JSON.parse(Buffer.from(bytes ?? '').toString()) as {
    readonly id: string;
    readonly subjects: readonly { readonly ref: string; readonly ptr: string }[];
  };
  const [mention] = subjects;
  return mention && log.vault.open(parseUuid(id), 2, mention)?.id;
}

async function sound({ url, keys }: Place): Promise<number> {
  const vault = await openVaultReader(url, { heal: false, keys });
  try {
    const { failures, warnings, size } = await verifyLog(url, { vault });
    expect([...failures, ...warnings]).toEqual([]);
    return size;
  } finally {
    vault.close();
  }
}

async function handlesIn(bucket: string): Promise<number> {
  const client = new S3Client({ endpoint: ENDPOINT, forcePathStyle: true, region: 'us-east-1' });
  const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'log/handle/' }));
  client.destroy();
  return KeyCount ?? 0;
}

async function removeBucket(bucket: string): Promise<void> {
  const client = new S3Client({ endpoint: ENDPOINT, forcePathStyle: true, region: 'us-east-1' });
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  await client.send(new DeleteBucketCommand({ Bucket: bucket }));
  client.destroy();
}

describe.skipIf(ENDPOINT === '')('a whole log in a bucket (needs ZEGEL_TEST_S3)', () => {
  test('is written from two machines, and each tells whom the other named', { timeout: 60_000 }, async () => {
    const place = await newPlace();
    const [here, there] = [machine(), machine()];
    here();
    const one = await opened(place);
    await one.append([event(1), event(2)]);
    there();
    const two = await opened(place);
    const [mine] = await two.append([event(3)]);
    expect(await subjectOf(two, 2)).toBe('c-1'); // fetched: this machine never saw that handle
    here();
    expect(await subjectOf(one, mine?.index ?? 0)).toBe('c-3');
    await Promise.all([one.append([event(4, { id: 'same' })]), two.append([event(4, { id: 'same' })])]);
    expect(await sound(place)).toBe(6);
    there();
    expect(await sound(place)).toBe(6);
  });

  test('forgets on every machine what is destroyed on one', { timeout: 60_000 }, async () => {
    const place = await newPlace();
    const [here, there] = [machine(), machine()];
    here();
    const one = await opened(place);
    await one.append([event(1), event(2)]);
    there();
    const two = await opened(place);
    expect([await subjectOf(two, 2), await subjectOf(two, 3)]).toEqual(['c-1', 'c-2']);
    const before = await handlesIn(place.vaultBucket);
    here();
    const numbers = one.vault.handlesOf('customer', 'c-1').map(({ number }) => number);
    const { destroyed } = await one.destroy({ activity: 'general', rule: 'request', numbers });
    expect([destroyed, await handlesIn(place.vaultBucket)]).toEqual([1, before - 1]);
    there();
    await healAlong(two, place.url, { keys: place.keys });
    expect([await subjectOf(two, 2), await subjectOf(two, 3)]).toEqual([undefined, 'c-2']);
    const [again] = await two.append([event(1)]); // with a handle of its own
    expect(await subjectOf(two, again?.index ?? 0)).toBe('c-1');
    expect(await sound(place)).toBe(6);
    here();
    expect(await sound(place)).toBe(6);
  });

  test('names all handles of a person to a machine that met none of them, or says that it can not', {
    timeout: 60_000,
  }, async () => {
    const place = await newPlace();
    const [here, there] = [machine(), machine()];
    here();
    const one = await opened(place);
    there();
    const two = await opened(place);
    here();
    await one.append([event(1), event(2), event(1, { activity: 'imported' })]);
    const all = one.vault.handlesOf('customer', 'c-1');
    expect(all).toHaveLength(2);
    expect(two.vault.handlesOf('customer', 'c-1')).toEqual(all);
    const numbers = all.slice(0, 1).map(({ number }) => number);
    await one.destroy({ activity: 'general', rule: 'request', numbers });
    expect(two.vault.handlesOf('customer', 'c-1')).toEqual(all.slice(1));
    await removeBucket(place.vaultBucket);
    expect(() => two.vault.handlesOf('customer', 'c-1')).toThrow(
      /the place of the log's vault can't be reached: .*no bucket/,
    );
  });

  test('loses nothing with what a machine keeps of it', { timeout: 60_000 }, async () => {
    const place = await newPlace();
    machine()();
    const one = await opened(place);
    await one.append([event(1)]);
    await one.close();
    const { dir } = parseLocation(place.url);
    expect(readdirSync(dir)).toContain('vault.db');
    rmSync(dir, { recursive: true });
    const two = await opened(place);
    expect([await two.size(), await subjectOf(two, 2)]).toEqual([3, 'c-1']);
    expect(await sound(place)).toBe(3);
  });

  test('is found through an index of its own on each machine', { timeout: 60_000 }, async () => {
    const place = await newPlace();
    const [here, there] = [machine(), machine()];
    here();
    const one = await opened(place);
    await one.append([event(1), event(2), event(1)]);
    there();
    const two = await opened(place);
    const path = join(parseLocation(place.url).dir, 'index.db');
    const vault = indexVault(two.vault, two.origin);
    const index = await openIndex({ path, log: two, vault, mode: 'write' });
    onTestFinished(() => index.close());
    await index.catchUp();
    expect((await index.search('subject:customer:c-1')).indexes).toEqual([4, 2]);
  });
});
