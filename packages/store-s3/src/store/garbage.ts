import type { Bucket } from '../bucket/bucket.ts';

/** Versions that no key known then has signed, by bucket, with the number of keys: they are read once. */
const garbage = new WeakMap<Bucket, Map<string, number>>();
const MOST = 10_000;

/** Whether a version is known to be signed by none of so many keys of the log. Keys only ever become more. */
export function isGarbage(bucket: Bucket, versionId: string, keys: number): boolean {
  return garbage.get(bucket)?.get(versionId) === keys;
}

/** Remembers that none of so many keys has signed a version. */
export function noteGarbage(bucket: Bucket, versionId: string, keys: number): void {
  const known = garbage.get(bucket) ?? new Map<string, number>();
  if (known.size >= MOST) known.clear();
  // Several versions of a bucket without versioning have one id.
  if (versionId !== 'null') garbage.set(bucket, known.set(versionId, keys));
}
