import { Bucket } from './bucket/bucket.ts';
import { parseS3Url } from './s3-url.ts';
import { StoreError } from './store-error.ts';
import { numberIn, SEGMENTS } from './store/keys.ts';
import { allKeys, type KeyVersions } from './store/listing.ts';
import { inParallel } from './vault/in-parallel.ts';

const WIDTH = 16;

/** Which entries, both included. */
export interface HoldRange {
  readonly from: number;
  readonly to: number;
}

/** What was held or released. */
export interface Held {
  /** Segments that hold an entry of the range. */
  readonly segments: number;
  /** Versions of them, foreign ones included. */
  readonly versions: number;
  /** Index of the first entry of the first of these segments. */
  readonly first: number;
}

/**
 * Sets or lifts S3's legal hold on every version of the segments that hold the entries of a range: nobody can delete or prune
 * them, however long the lock lasts. Whole segments: neighbours in them are held as well. Idempotent.
 *
 * @throws StoreError STORE_NOT_FOUND (no segment there), STORE_READ_ONLY (credentials do not allow it), STORE_IO
 */
export async function setLegalHold(url: string, { from, to }: HoldRange, on: boolean): Promise<Held> {
  const bucket = new Bucket(parseS3Url(url));
  try {
    const segments = await segmentsOf(bucket, from, to);
    const [first] = segments;
    if (first === undefined)
      throw new StoreError('STORE_NOT_FOUND', `there is no segment with an entry of ${from} to ${to}`);
    const versions = segments.flatMap((segment) => segment.versions).filter((one) => !one.isDeleteMarker);
    await inParallel(versions, WIDTH, ({ key, versionId }) => bucket.legalHold(key, versionId, on));
    return {
      segments: segments.length,
      versions: versions.length,
      first: numberIn(SEGMENTS, first.key) ?? 0,
    };
  } finally {
    bucket.close();
  }
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
  return found;
}
