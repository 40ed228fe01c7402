import { equalBytes } from '@zegel/core';
import type { Bucket } from '../bucket/bucket.ts';
import type { ObjectVersion } from '../bucket/object-version.ts';
import { decodeSegment, type SegmentTrust } from '../segment/decode-segment.ts';
import { fetchSegment } from '../segment/fetch-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { isGarbage, noteGarbage } from './garbage.ts';
import { numberIn, SEGMENTS } from './keys.ts';
import type { KeyVersions } from './listing.ts';

/** What a writer has just put. */
interface Put {
  readonly first: number;
  readonly end: number;
  /** Leaf hash of its last entry. */
  readonly leaf: Uint8Array;
}

/**
 * A writer whose key was free looks beyond it. What a key of the log has signed there goes on from what it put, by another
 * writer who saw that; or from a segment that stood in its place and is gone, and then whoever signs a checkpoint now signs a
 * fork.
 *
 * @throws StoreError `STORE_CORRUPT` at the segment that is gone
 */
export async function requireNoHole(
  bucket: Bucket,
  put: Put,
  beyond: readonly KeyVersions[],
  trust: SegmentTrust,
): Promise<void> {
  for (const { key, versions } of beyond) {
    const first = numberIn(SEGMENTS, key);
    if (first === undefined) continue;
    for (const version of versions.toReversed()) {
      const segment = await signedIn(bucket, version, trust);
      // One that belongs elsewhere was put here by somebody who can't sign.
      if (segment === undefined || segment.first !== first) continue;
      if (goesOn(segment, put)) return;
      throw new StoreError(
        'STORE_CORRUPT',
        `${key} is signed and does not go on from what stands at entry ${put.first}: a segment there is gone, and nothing is appended until it is put back`,
        { index: put.first },
      );
    }
  }
}

async function signedIn(
  bucket: Bucket,
  version: ObjectVersion,
  trust: SegmentTrust,
): Promise<Segment | undefined> {
  const { versionId, isDeleteMarker } = version;
  const keys = trust.verifiers;
  if (isDeleteMarker || isGarbage(bucket, versionId, keys)) return undefined;
  const bytes = await fetchSegment(bucket, version, trust);
  const read = bytes instanceof Uint8Array ? decodeSegment(bytes, trust) : undefined;
  if (read?.kind === 'segment') return read;
  noteGarbage(bucket, versionId, keys);
  return undefined;
}

function goesOn(segment: Segment, { end, leaf }: Put): boolean {
  return segment.first === end && equalBytes(segment.prev, leaf);
}
