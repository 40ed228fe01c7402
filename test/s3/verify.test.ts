import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type AccessEvent, openLog, verifyLog } from '@zegel/log';
import { prepareBuckets } from '@zegel/store-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

const ENDPOINT = process.env['ZEGEL_TEST_S3'] ?? '';
/** Entries of the log: genesis, register, and three commits of one. */
const SIZE = 5;

interface Place {
  readonly url: string;
  readonly bucket: string;
  readonly client: S3Client;
  readonly vkey: string;
  /** A checkpoint of the whole log, kept elsewhere. */
  readonly note: string;
}

/** A log in a bucket, closed, on a machine that keeps nothing of it. */
async function written(): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-s3-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  vi.stubEnv('XDG_DATA_HOME', join(dir, 'home'));
  const bucket = `zegel-${randomBytes(8).toString('hex')}`;
  const url = `s3://${bucket}?endpoint=${ENDPOINT}&lock=none&flush=0`;
  await prepareBuckets(url, { create: true });
  const log = await openLog(url, { keys: join(dir, 'keys'), create: { origin: 'shop.example/audit' } });
  for (let n = 0; n < 3; n++) await log.append([event(n)]);
  const { vkey } = log;
  const note = await log.checkpoint();
  await log.close();
  expect(readFileSync(join(dir, 'keys', 'signed'), 'utf8')).toBe(note);
  rmSync(join(dir, 'home'), { recursive: true });
  const client = new S3Client({ endpoint: ENDPOINT, forcePathStyle: true, region: 'us-east-1' });
  onTestFinished(() => client.destroy());
  return { url, bucket, client, vkey, note };
}

function event(n: number): AccessEvent {
  return {
    ...{ action: 'read', activity: 'general', fields: ['name'], service: 'shop' },
    actor: { kind: 'employee', id: 'e-17' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
  };
}

const key = (first: number): string => `seg/${String(first).padStart(16, '0')}`;

async function put({ client, bucket }: Place, at: string, body: Uint8Array): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: at, Body: body }));
}

async function bodyOf({ client, bucket }: Place, at: string): Promise<Uint8Array> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: at }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** Removes every version of a key, as only somebody can whom no lock stops. */
async function remove({ client, bucket }: Place, at: string): Promise<void> {
  const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: at }));
  for (const { Key, VersionId } of Versions ?? [])
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
}

async function hide({ client, bucket }: Place, at: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: at }));
}

/** What verification says of it all to somebody who holds a checkpoint and the verifier key. */
async function verified({ url, vkey, note }: Place): Promise<{ size: number; codes: readonly string[] }> {
  const { size, failures } = await verifyLog(url, { vkey, held: [{ note, from: 'elsewhere' }] });
  return { size, codes: [...new Set(failures.map(({ code }) => code))] };
}

function flipped(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[changed.length - 20] = (changed.at(-20) ?? 0) ^ 1;
  return changed;
}

describe.skipIf(ENDPOINT === '')('a log in a bucket is verified (needs ZEGEL_TEST_S3)', () => {
  test('good as it was left, by a machine that never saw it', async () => {
    expect(await verified(await written())).toEqual({ size: SIZE, codes: [] });
  });

  test.each([
    ['a segment is overwritten', (at: Place) => put(at, key(3), Buffer.from('garbage'))],
    [
      'a segment is overwritten by itself, a byte changed',
      async (at: Place) => put(at, key(3), flipped(await bodyOf(at, key(3)))),
    ],
    ['a segment is hidden by a delete marker', (at: Place) => hide(at, key(3))],
    ['another segment is put over one', async (at: Place) => put(at, key(3), await bodyOf(at, key(4)))],
    ['something stands at a key to come', (at: Place) => put(at, key(9), Buffer.from('garbage'))],
    ['something stands at the next key', (at: Place) => put(at, key(SIZE), Buffer.from('garbage'))],
  ] as const)('%s: it is named, and every entry is there', async (_name, attack) => {
    const at = await written();
    await attack(at);
    expect(await verified(at)).toEqual({ size: SIZE, codes: ['store-damaged'] });
  });

  test.each([
    ['the last segment', 4],
    ['a segment in the middle', 3],
  ])('%s is taken away for good: it is named', async (_name, first) => {
    const at = await written();
    await remove(at, key(first));
    const { codes } = await verified(at);
    expect(codes).toContain('truncated');
  });

  test('the first segment is taken away for good: there is no log that anybody can tell', async () => {
    const at = await written();
    await remove(at, key(0));
    const { codes } = await verified(at).catch((error: unknown) => ({
      codes: [String((error as { code?: unknown }).code)],
    }));
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).not.toContain('undefined');
  });

  test('a body is changed where nothing is locked: its segment is none', async () => {
    const at = await written();
    const body = flipped(await bodyOf(at, key(3)));
    await remove(at, key(3));
    await put(at, key(3), body);
    const { codes } = await verified(at);
    expect(codes).toContain('truncated');
  });

  test('the end is taken away with its checkpoint: whoever checked the log here before needs nothing else to tell', async () => {
    const at = await written();
    await verifyLog(at.url);
    await remove(at, key(4));
    await remove(at, `checkpoint/${String(SIZE).padStart(16, '0')}`);
    for (let times = 0; times < 2; times++) {
      const { size, failures } = await verifyLog(at.url);
      expect(size).toBe(4);
      expect(failures.map(({ code }) => code)).toContain('truncated');
    }
  });

  test('the newest checkpoints are taken away: the log is held to the one kept elsewhere', async () => {
    const at = await written();
    for (const size of [4, 5]) await remove(at, `checkpoint/${String(size).padStart(16, '0')}`);
    const { codes } = await verified(at);
    expect(codes.length).toBeGreaterThan(0);
  });
});
