import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeUtf8, formatCheckpoint, genesisPrev, signNote, treeSize } from '@zegel/core';
import { copyLog, openLog, verifyLog } from '@zegel/log';
import { encodeSegment, publish } from '@zegel/store-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointKey, segmentKey } from '../s3/lib/admin.ts';
import { atHome } from './lib/at-home.ts';
import { type BucketScene, makeBucketScene, type SoundScene } from './lib/bucket-scene.ts';
import { changeKey } from './lib/change-key.ts';
import { onCopy } from './lib/in-bucket.ts';
import { otherKey, stolenKey } from './lib/loot.ts';
import { AT, event, ORIGIN } from './lib/scene.ts';

const ENDPOINT = process.env['ZEGEL_TEST_S3'] ?? '';
/** With the `key` entry and a heartbeat after it. */
const SIZE = AT.size + 2;

let scene: SoundScene;

/** Says what is found by who holds the old key, the new one, none; on a machine that saw the log before, and on others. */
async function verified(url: string, { bucket, vkey, root }: BucketScene): Promise<readonly string[]> {
  const said: string[] = [];
  const keys = { old: vkey, new: otherKey().vkey, no: undefined };
  for (const [whose, held] of Object.entries(keys))
    for (const home of [bucket.home, join(root, `cold-${whose}`)]) {
      const options = held === undefined ? {} : { vkey: held };
      const { failures, size } = await atHome(home, () => verifyLog(url, options));
      said.push(`${size} ${failures.map(({ code, message }) => `${code}: ${message}`).join(', ')}`);
    }
  return [...new Set(said)];
}

describe.skipIf(ENDPOINT === '')('a log in a bucket whose key was changed (needs ZEGEL_TEST_S3)', () => {
  beforeAll(async () => {
    scene = await makeBucketScene(ENDPOINT);
  });

  afterAll(() => {
    scene.pristine.client.destroy();
    rmSync(scene.root, { recursive: true, force: true });
  });

  it('is written on by who has the new one, verified by who holds either, and published', async () => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      await changeKey(copy);
      {
        await using log = await openLog(copy.dir, { keys: copy.keys });
        await log.append([event(1), event(2)]);
      }
      expect(await verified(copy.dir, copy)).toEqual([`${SIZE + 2} `]);
      for (const vkey of [copy.vkey, otherKey().vkey])
        expect(await publish(copy.dir, { vkey })).toMatchObject({ size: SIZE + 2 });
    });
  });

  it('is not written on by who has the old one', async () => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      copyFileSync(join(copy.keys, 'log.key'), join(copy.root, 'old.key'));
      await changeKey(copy);
      copyFileSync(join(copy.root, 'old.key'), join(copy.keys, 'log.key'));
      const opened = openLog(copy.dir, { keys: copy.keys });
      await expect(opened.then((log) => log.append([event(1)]))).rejects.toMatchObject({
        code: expect.stringMatching(/^(KEY_MISMATCH|STORE_READ_ONLY)$/) as unknown,
      });
      expect(await verified(copy.dir, copy)).toEqual([`${SIZE} `]);
    });
  });

  it('is copied to a bucket and to a folder by who has the new one', async () => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      await changeKey(copy);
      const { elsewhereUrl } = copy.bucket;
      const folder = join(copy.root, 'copied');
      for (const to of [elsewhereUrl, folder]) await copyLog(copy.dir, to, { keys: copy.keys });
      expect(await verified(elsewhereUrl, copy), 'the bucket').toEqual([`${SIZE} `]);
      expect(await verified(folder, copy), 'the folder').toEqual([`${SIZE} `]);
    });
  });

  it('is copied on where that was interrupted before the checkpoint that takes both keys', async () => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      await changeKey(copy);
      const { elsewhereUrl } = copy.bucket;
      const there = copy.bucket.elsewhere();
      await copyLog(copy.dir, elsewhereUrl, { keys: copy.keys });
      const whole = await there.all();
      // What had not come yet when it was interrupted.
      const later = [...whole.keys()].filter((key) => Number(key.replace(/^\w+\//, '')) >= SIZE - 1);
      expect(later).toEqual([checkpointKey(SIZE - 1), checkpointKey(SIZE), segmentKey(SIZE - 1)]);
      for (const key of later) await there.remove(key);
      const home = join(copy.root, 'interrupted');
      await atHome(home, () => copyLog(copy.dir, elsewhereUrl, { keys: copy.keys }));
      expect(await verified(elsewhereUrl, copy)).toEqual([`${SIZE} `]);
      const again = await there.all();
      expect(again.get(checkpointKey(SIZE - 1))).toEqual(whole.get(checkpointKey(SIZE - 1)));
    });
  });

  it('takes nothing from who has the old one: neither a segment nor a checkpoint ahead', async () => {
    await onCopy(scene, 'with the key', async (copy) => {
      await copy.bucket.ownVault();
      const old = stolenKey(copy);
      await changeKey(copy);
      const loot = await copy.bucket.loot();
      const bytes = loot.entry(loot.size - 1).bytes ?? new Uint8Array();
      const forged = encodeSegment({
        ...{ origin: ORIGIN, first: SIZE, prev: loot.entry(SIZE - 1).leaf, entries: [encodeUtf8('{}')] },
        ...{ ids: new Uint8Array(16), parts: [0], signer: old, nonce: bytes.slice(0, 16) },
      });
      await copy.bucket.log.put(segmentKey(SIZE), forged);
      const root = Buffer.from(genesisPrev(ORIGIN), 'base64url');
      const text = formatCheckpoint({ origin: ORIGIN, size: treeSize(SIZE + 100), root });
      await copy.bucket.log.put(checkpointKey(SIZE + 100), signNote(text, [old]));
      const before = await verified(copy.dir, copy);
      expect(before.length).toBeGreaterThan(0);
      for (const one of before) expect(one).toMatch(new RegExp(`^${SIZE} .*store-damaged`));
      await using log = await openLog(copy.dir, { keys: copy.keys });
      const [receipt] = await log.append([event(1)]);
      expect(receipt?.index).toBe(SIZE);
    });
  });
});
