import type { LogStore } from '@zegel/log/port';
import { openVault, publish, setLegalHold } from '../src/index.ts';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { type Access, access, appendAll, lostSegment } from './lib/accesses.ts';
import { everything, open } from './lib/log.ts';
import { takeRole } from './lib/policies.ts';
import { bucketOf, NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';

const { vkey } = SUITE_SIGNER;
const NUMBER = new Uint8Array(16).fill(7);

function control(body: object): Access {
  const { id } = access();
  return { id, bytes: Buffer.from(JSON.stringify({ ...body, recorded: new Date().toISOString() })) };
}

/** A log of a genesis, four accesses in two segments, and an entry that names the body of index 2. */
async function logAt(url: string): Promise<LogStore> {
  const store = await open(url, 'create');
  await appendAll(store, [control({ index: 0, kind: 'genesis', vkey }), access(), access()]);
  await appendAll(store, [access(), access()]);
  return store;
}

const retention = (): Access =>
  control({ control: { index: 0 }, handles: [], index: 5, kind: 'retention', ranges: [[2, 2]] });

describe.skipIf(NO_S3)(`under its policy, and with no other right, ${NEEDS_S3}`, () => {
  test('a writer makes a log, goes on with it and keeps its vault', async () => {
    const url = await newBuckets({ prefix: 'prod', locked: 'governance' });
    await takeRole('writer', url);
    const store = await logAt(url);
    const again = await open(url, 'write');
    await appendAll(again, [access()]);
    expect((await store.head())?.size).toBe(6);
    expect(await store.inspect()).toEqual([]);
    const vault = await openVault(url);
    await vault.keepSecrets(Buffer.from('secrets'));
    await vault.put([{ number: NUMBER, body: Buffer.from('handle') }]);
    expect((await vault.get([NUMBER])).map((body) => Buffer.from(body ?? '').toString())).toEqual(['handle']);
    await vault.remove([NUMBER]);
    for await (const numbers of vault.numbers()) expect(numbers).toEqual([]);
    vault.close();
  });

  test('a reader reads all of it, and what protects it', async () => {
    const url = await newBuckets({ prefix: 'prod', locked: 'governance' });
    await logAt(url);
    await takeRole('reader', url);
    const reader = await open(url, 'read', { vkey });
    expect(await everything(reader)).toHaveLength(5);
    expect(await reader.heads(0, 10, 10)).toHaveLength(2);
    expect(await reader.inspect()).toEqual([]);
    await expect(open(url, 'write').then((store) => appendAll(store, [access()]))).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
    });
  });

  test('a publisher begins, with bundles', async () => {
    const url = await newBuckets({ prefix: 'prod', locked: 'governance' });
    await logAt(url);
    await takeRole('publisher', url);
    expect(await publish(url, { vkey, bundles: true })).toMatchObject({ size: 5, bundles: 1, tiles: 1 });
    expect(await publish(url, { vkey, repair: true })).toMatchObject({ size: 5, advanced: false });
  });

  test('a publisher goes on, and takes bundles away after a retention entry', async () => {
    const url = await newBuckets({ prefix: 'prod', locked: 'governance' });
    const store = await logAt(url);
    await publish(url, { vkey, bundles: true });
    await appendAll(store, [retention()]);
    await takeRole('publisher', url);
    expect(await publish(url, { vkey, bundles: true })).toMatchObject({ size: 6, removed: 1, withheld: 1 });
    expect(await publish(url, { vkey })).toMatchObject({ size: 6, advanced: false });
  });

  test('a retention run destroys and prunes, published bundles and lost segments included, and holds', async () => {
    const url = await newBuckets({ prefix: 'prod' });
    const store = await logAt(url);
    const bucket = bucketOf(url);
    await bucket.put('seg/0000000000000003', await lostSegment(store, 3, [access()]));
    await publish(url, { vkey, bundles: true });
    await store.close();
    await takeRole('retention', url);
    expect(await setLegalHold(url, { from: 0, to: 0 }, true)).toMatchObject({ versions: 2 });
    const run = await open(url, 'write');
    await appendAll(run, [retention()]);
    const cover = { by: 5, ranges: [[2, 3]] } as const;
    await expect(run.prune(cover)).rejects.toThrow('under a legal hold');
    await setLegalHold(url, { from: 0, to: 0 }, false);
    await run.prune(cover);
    expect((await everything(run)).map(({ bytes }) => bytes !== undefined)).toEqual([
      ...[true, true, false, false, true, true],
    ]);
    expect(await run.inspect()).toEqual([]);
  });
});
