import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Bucket } from '../src/bucket/bucket.ts';
import { badServer, cut, plainAnswer, s3Error } from './lib/bad-server.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const BODY = Buffer.from('body');
const code = (expected: string): unknown => expect.objectContaining({ name: 'StoreError', code: expected });

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

describe('what was never sent is certain', () => {
  /** A bucket at an endpoint, closed when the test ends. */
  function at(endpoint: string, region = 'us-east-1'): Bucket {
    const bucket = new Bucket({ bucket: 'audit', prefix: '', endpoint, region });
    onTestFinished(() => bucket.close());
    return bucket;
  }

  it('where nobody is there, after a few attempts to connect', async () => {
    const bucket = at('http://127.0.0.1:1');
    const words = /can't be reached, and nothing was sent \(connect ECONNREFUSED/;
    const write = bucket.create('k', BODY);
    await Promise.all([expect(write).rejects.toThrow(words), expect(bucket.get('k')).rejects.toThrow(words)]);
    expect(bucket.counts).toEqual({ puts: 6, gets: 6, lists: 0 });
  });

  it('where somebody is there again meanwhile, it goes through', async () => {
    const server = createServer((_, response) => void response.end());
    const port = await listening(server, 0);
    await new Promise((resolve) => void server.close(resolve));
    const bucket = at(`http://127.0.0.1:${port}`);
    const write = bucket.create('k', BODY);
    await vi.waitFor(() => expect(bucket.counts.puts).toBeGreaterThan(1), 5_000);
    await listening(server, port);
    onTestFinished(() => void server.close());
    expect(await write).toMatchObject({ kind: 'made' });
  });

  it.each([
    ['no host', 'http://nowhere.invalid', /no host "nowhere\.invalid"/],
    ['no TLS', 'plain', /no secure connection/],
  ])('%s', async (_, endpoint, words) => {
    const { endpoint: plain } = await badServer(cut);
    const bucket = at(endpoint === 'plain' ? plain.replace('http:', 'https:') : endpoint);
    await expect(bucket.create('k', BODY)).rejects.toThrow(words);
    await expect(bucket.versions('k')).rejects.toThrow(words);
  });

  it.each([
    [
      'no credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_PROFILE: 'none', AWS_REGION: 'us-east-1' },
      /there are no credentials for S3 in the profile "none"/,
    ],
    ['no region', { AWS_REGION: '', AWS_DEFAULT_REGION: '' }, /no region is known/],
  ])('%s: at once', async (_, env, words) => {
    const none = join(tmpdir(), 'zegel-none');
    const files = { AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none };
    for (const [name, value] of Object.entries({ ...files, AWS_EC2_METADATA_DISABLED: 'true', ...env }))
      vi.stubEnv(name, value === '' ? undefined : value);
    const bucket = new Bucket({ bucket: 'audit', prefix: '' });
    onTestFinished(() => bucket.close());
    await expect(bucket.create('k', BODY)).rejects.toThrow(words);
    await expect(bucket.versions('k')).rejects.toThrow(words);
    expect(bucket.counts).toEqual({ puts: 1, gets: 0, lists: 1 });
  });
});

describe('what to mend is said', () => {
  it.each([
    [s3Error(403, 'InvalidAccessKeyId'), /does not know the access key/],
    [s3Error(403, 'SignatureDoesNotMatch'), /AWS_SECRET_ACCESS_KEY/],
    [s3Error(400, 'ExpiredToken'), /get new credentials/],
    [
      plainAnswer(301, '', { 'x-amz-bucket-region': 'eu-west-1' }),
      /in another region .*: say region=eu-west-1 in/,
    ],
    [s3Error(400, 'AuthorizationHeaderMalformed'), /name its region in the URL/],
  ])('%#', async (answer, words) => {
    const { bucket } = await badServer(answer);
    await expect(bucket.versions('k')).rejects.toThrow(words);
    await expect(bucket.create('k', BODY)).rejects.toThrow(words);
  });

  it('of a clock that the server does not take, after one more attempt', async () => {
    const { bucket, seen } = await badServer(s3Error(403, 'RequestTimeTooSkewed'));
    await expect(bucket.create('k', BODY)).rejects.toEqual(code('STORE_CLOCK'));
    await expect(bucket.get('k')).rejects.toThrow(/set the clock/);
    expect(seen).toHaveLength(4);
    const once = await badServer(s3Error(403, 'RequestTimeTooSkewed'), plainAnswer(200));
    expect(await once.bucket.create('k', BODY)).toMatchObject({ kind: 'made' });
  });
});
