import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { openStore, parseS3Url, publish } from '../src/index.ts';
import { batchAfter, someEntries, SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newPlace } from './lib/place.ts';
import { administrator, bucketOf, NEEDS_S3, NO_S3, S3_ENDPOINT } from './lib/s3.ts';
import { type Fetch, readAll, readBundles } from './lib/tile-client.ts';

const run = promisify(execFile);
const { vkey } = SUITE_SIGNER;
const CHILD = join(import.meta.dirname, 'publish-child.ts');
const CLIENT = join(import.meta.dirname, 'tlog-client');
const HAS_GO = spawnSync('go', ['version']).status === 0;

async function append(url: string, from: number, count: number): Promise<void> {
  const log = await openStore(url, { mode: from === 0 ? 'create' : 'write', signer: SUITE_SIGNER });
  await log.commit((view) => batchAfter(view, someEntries(count, from)));
  await log.close();
}

/** Lets everybody read what is published, and nothing else; gives the address that it is under. */
async function opened(url: string): Promise<string> {
  const { bucket, prefix } = parseS3Url(url);
  const under = (path: string): string => `arn:aws:s3:::${bucket}/${prefix}${path}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: [under('checkpoint'), under('tile/*')],
      },
    ],
  });
  await administrator().send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  return `${S3_ENDPOINT}/${bucket}/${prefix}`;
}

/** Plain HTTP, as any client has it. */
function over(address: string): Fetch {
  return async (path) => {
    const response = await fetch(address + path);
    if (response.status === 404 || response.status === 403) return undefined;
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
}

describe.skipIf(NO_S3)(`a log published on a server ${NEEDS_S3}`, () => {
  test('is found by a client over plain HTTP, with the headers that tlog-tiles asks', async () => {
    const url = await newPlace();
    await append(url, 0, 300);
    const address = await opened(url);
    expect(await publish(url, { vkey, bundles: true })).toMatchObject({ before: 0, size: 300, tiles: 3 });
    await append(url, 300, 400);
    expect(await publish(url, { vkey, bundles: true })).toMatchObject({ before: 300, size: 700, tiles: 3 });
    const seen = await readAll(over(address), vkey);
    expect(seen.size).toBe(700);
    expect((await readBundles(over(address), seen)).map((bundle) => bundle?.length)).toEqual([256, 256, 188]);
    const tile = await fetch(`${address}tile/0/000`);
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    const checkpoint = await fetch(`${address}checkpoint`);
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=2');
    expect((await fetch(`${address}seg/0000000000000000`)).status).toBe(403);
  });

  test('by several at once is one', async () => {
    const url = await newPlace();
    await append(url, 0, 600);
    await Promise.all([1, 2, 3, 4].map(() => publish(url, { vkey })));
    await append(url, 600, 10);
    await Promise.all([1, 2, 3, 4].map(() => publish(url, { vkey })));
    const place = bucketOf(url);
    const get: Fetch = async (path) => {
      const bytes = await place.get(path);
      return bytes && Buffer.from(bytes);
    };
    expect((await readAll(get, vkey)).size).toBe(610);
    const versions = await place.versions('tile/0/000');
    expect(new Set(versions.map(({ etag }) => etag)).size).toBe(1);
  });

  test.each(['before', 'after'])(
    'killed %s each put, is put right by the next',
    { timeout: 120_000 },
    async (when) => {
      const url = await newPlace();
      await append(url, 0, 300);
      const place = bucketOf(url);
      const get: Fetch = async (path) => {
        const bytes = await place.get(path);
        return bytes && Buffer.from(bytes);
      };
      let deaths = 0;
      // Each publishing comes one put further than the one before it, until one comes to its end.
      while (await isKilled(url, deaths, when)) {
        await requireWhole(get);
        if (deaths % 2 === 1) await append(url, 300 + (deaths - 1) / 2, 1);
        deaths++;
      }
      expect(deaths).toBeGreaterThan(2);
      const { size } = await publish(url, { vkey, bundles: true });
      const seen = await readAll(get, vkey);
      expect(seen.size).toBe(size);
      expect((await readBundles(get, seen)).every((bundle) => bundle !== undefined)).toBe(true);
    },
  );
});

/** Publishes in another process, which is killed at a put; whether it came to so many. */
async function isKilled(url: string, nth: number, when: string): Promise<boolean> {
  try {
    await run(process.execPath, [CHILD, url, vkey, `${nth}`, when]);
    return false;
  } catch (error) {
    if (error instanceof Error && 'signal' in error && error.signal === 'SIGKILL') return true;
    throw error;
  }
}

/** Whatever is public has all that it implies. */
async function requireWhole(get: Fetch): Promise<void> {
  if ((await get('checkpoint')) !== undefined) await readAll(get, vkey);
}

describe.skipIf(NO_S3 || !HAS_GO)(`Go's client of tlog-tiles ${NEEDS_S3} (needs Go)`, () => {
  test('reads tiles and bundles, and proves by them', { timeout: 300_000 }, async () => {
    const url = await newPlace();
    await append(url, 0, 1000);
    const address = await opened(url);
    await publish(url, { vkey, bundles: true });
    const dir = mkdtempSync(join(tmpdir(), 'zegel-go-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const client = join(dir, 'tlog-client');
    await run('go', ['build', '-o', client, '.'], { cwd: CLIENT });
    const { stdout } = await run(client, [address, vkey, 'bundles']);
    expect(stdout).toBe(`${SUITE_SIGNER.name} 1000 1000\n`);
    const place = bucketOf(url);
    await place.put('tile/0/001', new Uint8Array(8192));
    await expect(run(client, [address, vkey])).rejects.toMatchObject({ code: 1 });
  });
});
