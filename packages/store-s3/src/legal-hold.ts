import { Bucket } from './bucket/bucket.ts';
import type { ObjectVersion } from './bucket/object-version.ts';
import { parseS3Url } from './s3-url.ts';
import { claimOf } from './segment/claim-in.ts';
import { StoreError } from './store-error.ts';
import { CHECKPOINTS, checkpointKey, numberIn, SEGMENTS } from './store/keys.ts';
import { allKeys, type KeyVersions } from './store/listing.ts';
import { inParallel } from './vault/in-parallel.ts';

const WIDTH = 16;
/** Enough of a segment for its note. */
const CLAIM_BYTES = 4096;
// Pruning may put a version, or take one away, while versions are held.
const LOOKS = 5;

/** Which entries, both included. */
export interface HoldRange {
  readonly from: number;
  readonly to: number;
}

/** What was held or released. */
export interface Held {
  /** Segments that hold an entry of the range. */
  readonly segments: number;
  /** Checkpoints of sizes within them, up to the first that covers the whole range. */
  readonly checkpoints: number;
  /** Versions of both, foreign ones included. */
  readonly versions: number;
  /** Index of the first entry of the first of these segments. */
  readonly first: number;
}

/**
 * Sets or lifts S3's legal hold on every version of the segments that hold the entries of a range, and of the checkpoints that
 * say so: nobody can delete or prune them, however long the lock lasts. Whole segments: neighbours in them are held as well.
 * Whoever committed them, they are found in the bucket. Idempotent.
 *
 * @throws StoreError STORE_NOT_FOUND (no segment there), STORE_READ_ONLY (credentials do not allow it), STORE_IO
 */
export async function setLegalHold(url: string, { from, to }: HoldRange, on: boolean): Promise<Held> {
  const bucket = new Bucket(parseS3Url(url));
  const done = new Set<string>();
  try {
    for (let look = 1; ; look++) {
      const segments = await segmentsOf(bucket, from, to);
      const [first] = segments;
      if (first === undefined)
        throw new StoreError('STORE_NOT_FOUND', `there is no segment with an entry of ${from} to ${to}`);
      const index = numberIn(SEGMENTS, first.key) ?? 0;
      const checkpoints = await checkpointsOf(bucket, index, to);
      const versions = [...segments, ...checkpoints].flatMap((one) => one.versions).filter(isObject);
      const fresh = versions.filter(({ versionId, key }) => !done.has(`${key} ${versionId}`));
      if (fresh.length === 0)
        return {
          segments: segments.length,
          checkpoints: checkpoints.length,
          versions: versions.length,
          first: index,
        };
      if (look === LOOKS) throw new StoreError('STORE_IO', `versions of ${first.key} keep coming`);
      await inParallel(fresh, WIDTH, async ({ key, versionId }) => {
        // One that pruning has taken away since needs no hold; what came in its place is found by the next look.
        if (await bucket.legalHold(key, versionId, on)) done.add(`${key} ${versionId}`);
      });
    }
  } finally {
    bucket.close();
  }
}

function isObject({ isDeleteMarker }: ObjectVersion): boolean {
  return !isDeleteMarker;
}

/** By their keys, which say where each begins: the last that begins at or before `from`, and those up to `to`. */
async function segmentsOf(bucket: Bucket, from: number, to: number): Promise<readonly KeyVersions[]> {
  const found: KeyVersions[] = [];
  for await (const keys of allKeys(bucket, SEGMENTS))
    for (const one of keys) {
      const first = numberIn(SEGMENTS, one.key);
      if (first === undefined) continue;
      if (first > to) return found;
      if (first <= from) found.length = 0;
      found.push(one);
    }
  const [only] = found;
  if (only === undefined || found.length > 1) return found;
  return (numberIn(SEGMENTS, only.key) ?? 0) < from && !(await reaches(bucket, only, from)) ? [] : found;
}

/** Whether some version of the last segment says that it holds the entry, or none says how many it holds. */
async function reaches(bucket: Bucket, { versions }: KeyVersions, index: number): Promise<boolean> {
  const ends: number[] = [];
  for (const { key, versionId } of versions.filter(isObject)) {
    const claim = claimOf(await bucket.get(key, { versionId, to: CLAIM_BYTES }));
    if (claim !== undefined) ends.push(claim.first + claim.count);
  }
  return ends.length === 0 || ends.some((end) => index < end);
}

/** Those of more entries than there are below `first`, up to the one that covers `to`. */
async function checkpointsOf(bucket: Bucket, first: number, to: number): Promise<readonly KeyVersions[]> {
  const found: KeyVersions[] = [];
  for await (const keys of allKeys(bucket, CHECKPOINTS, checkpointKey(first)))
    for (const one of keys) {
      const size = numberIn(CHECKPOINTS, one.key);
      if (size === undefined || size <= first) continue;
      found.push(one);
      if (size > to) return found;
    }
  return found;
}
