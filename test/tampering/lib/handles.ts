import { join } from 'node:path';
import Database from 'better-sqlite3';
import { editObject } from './edit-object.ts';
import type { BucketScene } from './bucket-scene.ts';

/** A handle's object, its bytes in base64url. */
export type HandleJson = Record<string, unknown>;

/** Keys of the handles in the order in which they were made: the first two are those of the actor and the subject of entry 2. */
export async function handleKeys({ bucket, mirror }: BucketScene): Promise<readonly string[]> {
  await bucket.ownVault();
  const db = new Database(join(mirror, 'vault.db'), { readonly: true });
  const numbers = db.prepare<[], Buffer>('SELECT number FROM handle ORDER BY rowid').pluck().all();
  db.close();
  return numbers.map((number) => `handle/${number.toString('hex')}`);
}

/** Changes the object of some handle that entries name. */
export async function editHandle(scene: BucketScene, change: (handle: HandleJson) => unknown): Promise<void> {
  const [key = ''] = await handleKeys(scene);
  await editObject(scene.bucket.vault, key, (bytes) => {
    const handle = JSON.parse(bytes.toString()) as HandleJson;
    return JSON.stringify(change(handle));
  });
}

/** Lets two handles exchange what is under some of their names. */
export async function swapHandles(scene: BucketScene, ...names: readonly string[]): Promise<void> {
  const { vault } = scene.bucket;
  const [a = '', b = ''] = await handleKeys(scene);
  const [one, two] = await Promise.all(
    [a, b].map(async (key) => JSON.parse(Buffer.from(await vault.get(key)).toString()) as HandleJson),
  );
  for (const [key, own, other] of [
    [a, one, two],
    [b, two, one],
  ] as const)
    await vault.replace(
      key,
      JSON.stringify({ ...own, ...Object.fromEntries(names.map((name) => [name, other?.[name]])) }),
    );
}
