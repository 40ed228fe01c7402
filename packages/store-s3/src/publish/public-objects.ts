import { equalBytes } from '@zegel/core';
import type { Bucket, ObjectHeaders } from '../bucket/bucket.ts';
import { ATTEMPTS, pause } from '../bucket/patience.ts';
import { StoreError } from '../store-error.ts';

/** Where objects are published, as far as that needs: what `Bucket` does. */
export type PublicPlace = Pick<Bucket, 'create' | 'put' | 'get' | 'versions' | 'versionsAfter' | 'remove'>;

/** How a tile is served: it never changes, of whatever width it is (C2SP tlog-tiles). */
export const TILE_HEADERS: ObjectHeaders = {
  contentType: 'application/octet-stream',
  cacheControl: 'public, max-age=31536000, immutable',
};

/** A bundle does not change either, but may have to go: what was pruned must not live on in a cache. */
export const BUNDLE_HEADERS: ObjectHeaders = {
  contentType: 'application/octet-stream',
  cacheControl: 'private, no-cache',
};

const NEVER = new AbortController().signal;

/**
 * Sees to it that an object stands at a key. What an earlier attempt put there is left; anything else is put over, for
 * what belongs there is known to the byte. Idempotent: after a crash or a lost answer it is done again.
 */
export async function ensureObject(
  place: PublicPlace,
  key: string,
  body: Uint8Array,
  headers: ObjectHeaders,
): Promise<void> {
  let cause: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    let outcome = await place.create(key, body, undefined, headers);
    if (outcome.kind === 'taken') {
      const there = await place.get(key, { to: body.length + 1 });
      if (there !== undefined && equalBytes(there, body)) return;
      outcome = await place.put(key, body, undefined, headers);
    }
    if (outcome.kind === 'made') return;
    if (outcome.kind === 'unknown') ({ cause } = outcome);
    await pause(attempt, NEVER);
  }
  throw new StoreError('STORE_IO', `it is not known whether ${key} was put`, { cause });
}

/** Puts an object over whatever is there. */
export async function replaceObject(
  place: PublicPlace,
  key: string,
  body: Uint8Array,
  headers: ObjectHeaders,
): Promise<void> {
  let cause: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const outcome = await place.put(key, body, undefined, headers);
    if (outcome.kind === 'made') return;
    if (outcome.kind === 'unknown') ({ cause } = outcome);
    await pause(attempt, NEVER);
  }
  throw new StoreError('STORE_IO', `it is not known whether ${key} was put`, { cause });
}

/** Removes all objects under a prefix, every version of them. */
export async function removeObjects(place: PublicPlace, prefix: string): Promise<number> {
  const versions = await place.versions(prefix);
  for (const { key, versionId } of versions) await place.remove(key, versionId);
  return versions.length;
}
