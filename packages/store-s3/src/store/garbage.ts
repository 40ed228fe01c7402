import type { Verifier } from '@zegel/core';
import type { Bucket } from '../bucket/bucket.ts';

/** Versions that none of some keys has signed, by bucket, with those keys: they are read once. */
const garbage = new WeakMap<Bucket, Map<string, string>>();
const MOST = 10_000;

/** Whether a version is known to be signed by none of these keys. */
export function isGarbage(bucket: Bucket, versionId: string, keys: readonly Verifier[]): boolean {
  return garbage.get(bucket)?.get(versionId) === idsOf(keys);
}

/** Remembers that none of these keys has signed a version. */
export function noteGarbage(bucket: Bucket, versionId: string, keys: readonly Verifier[]): void {
  const known = garbage.get(bucket) ?? new Map<string, string>();
  if (known.size >= MOST) known.clear();
  // Several versions of a bucket without versioning have one id.
  if (versionId !== 'null') garbage.set(bucket, known.set(versionId, idsOf(keys)));
}

function idsOf(keys: readonly Verifier[]): string {
  return keys.map(({ keyId }) => keyId).join(' ');
}
