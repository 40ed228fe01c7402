import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { everyFault, type Fault, faultOn } from './lib/fault.ts';
import { FaultProxy } from './lib/proxy.ts';
import { clientOf, newBucket, SERVERS } from './lib/servers.ts';

const BODY = 'what was said\n'.repeat(2000);

interface Scene {
  readonly proxy: FaultProxy;
  /** Through the proxy. */
  readonly client: S3Client;
  /** Past it. */
  readonly direct: S3Client;
  readonly bucket: string;
}

async function scene(endpoint: string): Promise<Scene> {
  const proxy = await FaultProxy.before(endpoint);
  const [client, direct] = [clientOf(proxy.endpoint), clientOf(endpoint)];
  onTestFinished(async () => {
    client.destroy();
    direct.destroy();
    await proxy.close();
  });
  return { proxy, client, direct, bucket: await newBucket(direct) };
}

/** What a call came to, in a word: its status, or that the connection ended. */
async function outcome(
  call: Promise<{ readonly $metadata: { readonly httpStatusCode?: number } }>,
): Promise<string> {
  try {
    return String((await call).$metadata.httpStatusCode);
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    return status === undefined ? 'cut' : String(status);
  }
}

async function keys({ direct, bucket }: Scene): Promise<readonly (string | undefined)[]> {
  return ((await direct.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(
    ({ Key }) => Key,
  );
}

/** What the client is told when it writes. */
function expected(fault: Fault): string {
  if (fault.kind === 'answer') return String(fault.status);
  if (fault.kind === 'truncated') return fault.persisted ? '200' : '400 or 403';
  if (['delay', 'slow', 'twice'].includes(fault.kind) && fault.persisted) return '200';
  return fault.kind === 'partly' && fault.persisted ? 'cut or 200' : 'cut';
}

describe.each(SERVERS)('proxy, $mode (needs a server in $variable)', ({ endpoint }) => {
  describe.skipIf(endpoint === undefined)('faults', () => {
    const start = (): Promise<Scene> => scene(endpoint ?? '');

    test('lets through unchanged what no fault is meant for', async () => {
      const { proxy, client, bucket } = await start();
      const Key = 'a/ü +&.txt';
      const put = (): Promise<string> =>
        outcome(client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: BODY, IfNoneMatch: '*' })));
      expect([await put(), await put()]).toEqual(['200', '412']);
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key, Range: 'bytes=5-9' }));
      expect(await got.Body?.transformToString()).toBe(BODY.slice(5, 10));
      expect(proxy.passed.map(({ operation, key, status }) => [operation, key, status])).toEqual([
        ['put', Key, 200],
        ['put', Key, 412],
        ['get', Key, 206],
      ]);
    });

    test.each([...everyFault(100)])('a write, %s', async (_name, fault) => {
      const here = await start();
      here.proxy.plan = faultOn(({ operation, key }) => operation === 'put' && key === 'k', fault);
      const told = await outcome(
        here.client.send(new PutObjectCommand({ Bucket: here.bucket, Key: 'k', Body: BODY })),
      );
      expect(expected(fault)).toContain(told);
      const atOnce = fault.persisted && fault.kind !== 'late' ? ['k'] : [];
      expect(await keys(here)).toEqual(atOnce);
      await here.proxy.settled();
      expect(await keys(here)).toEqual(fault.persisted ? ['k'] : []);
      const again = new PutObjectCommand({ Bucket: here.bucket, Key: 'other', Body: BODY });
      expect(await outcome(here.client.send(again)), 'one request only').toBe('200');
    });

    test('a body may end too soon, or in agreement with its length', async () => {
      const { proxy, client, bucket } = await start();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: BODY }));
      const get = async (): Promise<string | undefined> =>
        (await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'k' }))).Body?.transformToString();
      proxy.plan = faultOn(() => true, { kind: 'partly', persisted: true });
      await expect(get()).rejects.toThrow();
      proxy.plan = faultOn(() => true, { kind: 'slow', ms: 100, persisted: true });
      expect(await get()).toBe(BODY);
    });
  });
});
