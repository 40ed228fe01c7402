import { parseCheckpoint } from '@zegel/core';
import { parseS3Url, publish } from '../src/index.ts';
import { SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { append, open } from './lib/log.ts';
import { takeRole } from './lib/policies.ts';
import { bucketOf, NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';

const { vkey } = SUITE_SIGNER;
const PUBLIC = ['checkpoint', 'tile/0/000.p/3'];

/** A log of three entries and those, and a bucket without versions in which nothing is. */
async function places(...texts: readonly string[]): Promise<{ log: string; to: string }> {
  const log = await newBuckets({ prefix: 'prod' });
  await append(await open(log, 'create'), 'one', 'two', ...texts, 'three');
  const to = await newBuckets({ prefix: 'shop' });
  const { bucket, vaultBucket } = parseS3Url(to);
  return { log, to: to.replace(`/${bucket}/`, `/${vaultBucket}/`).replace('?', `?vault=${bucket}&`) };
}

describe.skipIf(NO_S3)(`a log is published in a place of its own ${NEEDS_S3}`, () => {
  test('which needs no versions: tiles and checkpoint stand there and nothing beside the log', async () => {
    const { log, to } = await places();
    expect(await publish(log, { to, vkey })).toMatchObject({ size: 3, before: 0, tiles: 1, advanced: true });
    expect(await publish(log, { to, vkey })).toMatchObject({ size: 3, before: 3, tiles: 0, advanced: false });
    const place = bucketOf(to);
    expect(await place.list('')).toEqual(PUBLIC);
    const own = bucketOf(log);
    expect((await own.list('')).filter((key) => !/^(seg|checkpoint)\//.test(key))).toEqual([]);
    await append(await open(log, 'write'), 'four');
    expect(await publish(log, { to, vkey })).toMatchObject({ size: 4, before: 3, advanced: true });
    const note = Buffer.from((await place.get('checkpoint')) ?? '').toString();
    expect(parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size).toBe(4);
  });

  test("which is held to the log as the log's own is", async () => {
    const [{ log, to }, other] = [await places(), await places('between')];
    await publish(other.log, { to, vkey });
    await append(await open(log, 'write'), 'four');
    await expect(publish(log, { to, vkey })).rejects.toMatchObject({ code: 'PUBLIC_FORKED' });
  });

  test('but not amid it, nor where another log is, nor with bundles', async () => {
    const { log, to } = await places();
    const refused = { code: 'PUBLIC_PLACE' };
    await expect(
      publish(log, { to: log.replace('/prod?', '/prod/checkpoint?'), vkey }),
    ).rejects.toMatchObject(refused);
    const another = (await places()).log;
    await expect(publish(log, { to: another, vkey })).rejects.toMatchObject(refused);
    await expect(publish(log, { to, vkey, bundles: true })).rejects.toMatchObject(refused);
    expect([await bucketOf(to).list(''), await bucketOf(another).list('tile/')]).toEqual([[], []]);
    // The log's own place is no other, however it is named.
    expect(await publish(log, { to: log, vkey })).toMatchObject({ size: 3, advanced: true });
  });

  test('under the policy for it, and with no other right', async () => {
    const { log, to } = await places();
    await takeRole('publisher elsewhere', log, to);
    expect(await publish(log, { to, vkey })).toMatchObject({ size: 3, tiles: 1, advanced: true });
    expect(await publish(log, { to, vkey, repair: true })).toMatchObject({ size: 3, advanced: false });
    await expect(publish(log, { vkey })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  });
});
