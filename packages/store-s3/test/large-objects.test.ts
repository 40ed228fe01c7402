import { connect, createServer, type AddressInfo } from 'node:net';
import { SUITE_SIGNER } from '@zegel/testkit';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Bucket } from '../src/bucket/bucket.ts';
import { type Answering, badServer, plainAnswer } from './lib/bad-server.ts';
import { append, open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3, S3_ENDPOINT } from './lib/s3.ts';

const LARGE = Buffer.alloc(12 * 2 ** 20, 'Z');

interface Relay {
  readonly endpoint: string;
  /** Bytes that the server has sent. */
  received: number;
}

/** Stands before the server and counts what it sends. */
async function relay(): Promise<Relay> {
  const { hostname, port } = new URL(S3_ENDPOINT ?? '');
  const counted = { endpoint: '', received: 0 };
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname);
    for (const socket of [client, onward]) socket.on('error', () => undefined);
    onward.on('data', (chunk) => (counted.received += chunk.length));
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  counted.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => void server.close());
  return counted;
}

describe.skipIf(NO_S3)(`what somebody puts that is too large is not fetched ${NEEDS_S3}`, () => {
  test('neither where a checkpoint is to stand, nor where segments are', async () => {
    const url = await newPlace();
    await append(await open(url, 'create'), 'one');
    const bucket = bucketOf(url);
    for (const key of ['checkpoint/0000000000000002', 'seg/0000000000000001', 'seg/0000000000000007'])
      await bucket.put(key, LARGE);
    const counted = await relay();
    const through = url.replace(S3_ENDPOINT ?? '', counted.endpoint);
    await append(await open(through, 'write'), 'two');
    const reader = await open(through, 'read', { vkey: SUITE_SIGNER.vkey });
    expect(await texts(reader)).toEqual(['one', 'two']);
    expect((await reader.head())?.size).toBe(2);
    expect(counted.received).toBeLessThan(LARGE.length / 4);
  });
});

describe.skipIf(NO_S3)(`what somebody puts where checkpoints are to come ${NEEDS_S3}`, () => {
  test('is fetched once', async () => {
    const url = await newPlace();
    await append(await open(url, 'create'), 'one');
    const bucket = bucketOf(url);
    const garbage = Buffer.alloc(10_000, '-');
    for (let n = 0; n < 12; n++) await bucket.put(`checkpoint/00000000000005${n + 10}`, garbage);
    const counted = await relay();
    const through = url.replace(S3_ENDPOINT ?? '', counted.endpoint);
    const reader = await open(through, 'read', { vkey: SUITE_SIGNER.vkey });
    expect((await reader.head())?.size).toBe(1);
    const first = counted.received;
    expect(first).toBeGreaterThan(12 * garbage.length);
    expect((await reader.head())?.size).toBe(1);
    expect(counted.received - first).toBeLessThan(2 * garbage.length);
  });
});

describe('a body', () => {
  beforeAll(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  });

  test('is cut where a server sends more than was asked for', async () => {
    const { bucket } = await badServer(plainAnswer(200, 'x'.repeat(1_000_000)));
    expect(await bucket.get('checkpoint/1', { to: 100 })).toHaveLength(100);
    expect(await bucket.get('checkpoint/1', { from: 10, to: 100 })).toHaveLength(90);
  });

  test('has the time that its own length takes', async () => {
    const half = 'x'.repeat(200_000);
    const slow: Answering = (response) => {
      response.writeHead(200, { 'content-length': '400000' });
      response.write(half);
      setTimeout(() => response.end(half), 1000);
    };
    const { endpoint } = await badServer(slow);
    const impatient = new Bucket(
      { bucket: 'audit', prefix: '', endpoint, region: 'us-east-1' },
      { timeoutMs: 500 },
    );
    onTestFinished(() => impatient.close());
    expect(await impatient.get('seg/1')).toHaveLength(400_000);
    expect(impatient.counts.gets).toBe(1);
  });
});
