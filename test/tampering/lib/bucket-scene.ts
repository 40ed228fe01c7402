import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf, newBucket } from '../../s3/lib/servers.ts';
import { folderAt } from './at-home.ts';
import { BucketCopy } from './bucket-copy.ts';
import { Loot, stolenKey } from './loot.ts';
import { Pristine } from './pristine.ts';
import { play, type Scene } from './scene.ts';

/** A scene whose log is in a bucket. */
export interface BucketScene extends Scene {
  readonly bucket: BucketCopy;
}

/** The sound scene, of which copies are made. */
export interface SoundScene extends Scene {
  readonly pristine: Pristine;
}

let copies = 0;

/** Makes the scene in new buckets, on the machine of whoever calls. */
export async function makeBucketScene(endpoint: string): Promise<SoundScene> {
  const root = mkdtempSync(join(tmpdir(), 'zegel-tampering-'));
  const home = join(root, 'home');
  process.env['XDG_DATA_HOME'] = home;
  const client = clientOf(endpoint);
  const pristine = new Pristine(client, endpoint, home, {
    log: await newBucket(client, true),
    vault: await newBucket(client),
  });
  const dir = pristine.url;
  const machine = folderAt(home, dir);
  const [log, vault] = [pristine.store('log', pristine.name), pristine.store('vault', pristine.name)];
  const scene = {
    ...{ root, dir, machine, mirror: machine, keys: join(root, 'keys') },
    ...{ older: join(root, 'older'), state: join(root, 'state.json') },
  };
  const kept = await play(scene, async () => {
    cpSync(machine, scene.older, { recursive: true });
    pristine.older = { log: await log.all(), vault: await vault.all() };
  });
  pristine.objects = await log.all();
  pristine.vault = await vault.all();
  pristine.loot = await Loot.read(dir);
  return { ...scene, ...kept, pristine };
}

/** A copy to be tampered with, by somebody who has the log's key or has not. */
export function copyBucketScene(scene: SoundScene, thief: 'with the key' | 'without the key'): BucketScene {
  const root = mkdtempSync(join(tmpdir(), 'zegel-tampering-'));
  const own = { root, keys: join(root, 'keys'), older: join(root, 'older'), state: join(root, 'state.json') };
  for (const part of ['keys', 'older', 'state'] as const) cpSync(scene[part], own[part], { recursive: true });
  copies += 1;
  const key = thief === 'with the key' ? stolenKey(scene) : undefined;
  const bucket = new BucketCopy(scene.pristine, `copy-${copies}`, join(root, 'home'), key);
  const machine = folderAt(bucket.home, bucket.url);
  const mirror = folderAt(bucket.home, scene.pristine.url);
  const { checkpoint, vkey } = scene;
  return { ...own, checkpoint, vkey, dir: bucket.url, machine, mirror, bucket };
}
