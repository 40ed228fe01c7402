import { randomBytes } from 'node:crypto';
import type { Bucket } from '../bucket/bucket.ts';
import type { BucketSettings } from '../bucket/settings.ts';
import type { S3Place } from '../s3-url.ts';
import { StoreError } from '../store-error.ts';
import { awsCommand } from './aws-command.ts';
import type { Words } from './words.ts';

const LOCK_MS = 60_000;

/** What the settings of the bucket of a log must be. */
export function judgeLogBucket(place: S3Place, settings: BucketSettings, words: Words): void {
  const { missing, notes } = words;
  const { bucket: name, lock: rule } = place;
  if (settings.versioning !== 'enabled') {
    const state = settings.versioning === 'never' ? 'has no versioning' : 'has its versioning suspended';
    const command = awsCommand(
      place,
      name,
      'put-bucket-versioning --versioning-configuration Status=Enabled',
    );
    missing.push(
      `The bucket "${name}" ${state}: enable it (${command}), for an overwrite destroys a segment otherwise.`,
    );
  }
  if (!settings.objectLock && rule.mode !== 'none') {
    const command = awsCommand(
      place,
      name,
      'put-object-lock-configuration --object-lock-configuration ObjectLockEnabled=Enabled',
    );
    missing.push(
      `The bucket "${name}" has no Object Lock, and lock=${rule.mode} is asked: enable it (${command}; where the server takes that only when a bucket is made, --create-bucket makes one so under another name), or say lock=none in the URL and rely on permissions.`,
    );
  }
  if (rule.mode === 'none')
    notes.push(
      'No lock is asked (lock=none): whoever may delete versions can delete segments, which verify would name.',
    );
  if (settings.defaultLock !== undefined)
    notes.push(
      `The bucket "${name}" locks by default (${settings.defaultLock}) what is put without a lock of its own. A segment whose bodies must go earlier can't be pruned before.`,
    );
  for (const one of settings.expiry)
    missing.push(
      `The lifecycle rule "${one}" of "${name}" removes objects of the log by their age: take it away or bound it to another prefix.`,
    );
  for (const what of settings.unknown) notes.push(`Could not look at "${name}": ${what}.`);
}

/** Whether a lock holds: some servers take the headers and forget them. Leaves one small object that stays for a minute. */
export async function tryLock(
  bucket: Bucket,
  key: string,
  mode: 'compliance' | 'governance',
  words: Words,
): Promise<void> {
  const until = new Date(Date.now() + LOCK_MS);
  const put = await bucket.put(key, randomBytes(64), { mode, until });
  if (put.kind !== 'made' || put.versionId === undefined) {
    words.missing.push('An object put under a lock got no version: the server can not be relied on.');
    return;
  }
  const state = await bucket.lockOf(key, put.versionId);
  if (state?.lock?.mode !== mode)
    words.missing.push(
      `An object put under a ${mode} lock shows none: the server ignores Object Lock, or s3:GetObjectRetention is not allowed.`,
    );
  try {
    await bucket.remove(key, put.versionId);
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'STORE_IO') return;
    throw cause;
  }
  // A server may answer well and keep the object all the same.
  if ((await bucket.get(key, { versionId: put.versionId })) === undefined)
    words.missing.push(`An object under a ${mode} lock could be deleted: the server does not keep locks.`);
}
