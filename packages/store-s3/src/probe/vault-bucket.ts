import { randomBytes } from 'node:crypto';
import type { Bucket } from '../bucket/bucket.ts';
import type { BucketSettings } from '../bucket/settings.ts';
import type { Races } from './race.ts';
import type { Words } from './words.ts';

/** What the settings of a vault's bucket must be: what is deleted there has to be gone (format v1 §6). */
export function judgeVaultBucket(name: string, settings: BucketSettings, { missing, notes }: Words): void {
  if (settings.versioning !== 'never')
    missing.push(
      `The vault's bucket "${name}" ${settings.versioning === 'enabled' ? 'has' : 'had'} versioning: what is erased would stay as an old version. Take a bucket that never had it, named by vault=… in the URL.`,
    );
  if (settings.objectLock)
    missing.push(
      `The vault's bucket "${name}" has Object Lock: what is erased could not go. Take another bucket, named by vault=… in the URL.`,
    );
  if (settings.replicated)
    missing.push(`The vault's bucket "${name}" is replicated: what is erased would stay in the replica.`);
  for (const rule of settings.expiry)
    missing.push(
      `The lifecycle rule "${rule}" of the vault's bucket "${name}" erases persons by age alone: take it away.`,
    );
  for (const what of settings.unknown) notes.push(`Could not look at "${name}": ${what}.`);
}

/** What races for its keys must have shown. */
export function judgeVaultRaces(name: string, { isAtomic, mostWinners }: Races, words: Words): void {
  if (isAtomic) return;
  words.missing.push(
    `Creates in the vault's bucket "${name}" are not atomic (up to ${mostWinners} of them won one key): two writers could hold different keys for one handle.`,
  );
}

/** Whether a second create is refused, and what is deleted is gone and can be made anew. */
export async function tryDelete(bucket: Bucket, key: string, words: Words): Promise<void> {
  const name = bucket.place.bucket;
  await bucket.create(key, randomBytes(64));
  const second = await bucket.create(key, randomBytes(64));
  if (second.kind === 'made')
    words.missing.push(`The server overwrites objects of "${name}" though told not to.`);
  await bucket.remove(key);
  if ((await bucket.get(key)) !== undefined)
    words.missing.push(`An object that was deleted from the vault's bucket "${name}" can still be read.`);
}
