import type { Bucket } from '../bucket/bucket.ts';
import type { ObjectVersion } from '../bucket/object-version.ts';
import { claimProblem, type SegmentTrust } from './decode-segment.ts';
import { MAX_SEGMENT_BYTES, type SegmentProblem, segmentProblem } from './segment.ts';

/** Objects from this size on are looked into before they are fetched: anybody who may put objects can put large ones. */
const LARGE = 2 ** 20;
const HEAD = 2 ** 16;

/** The bytes of an object that may be a segment, undefined where it is gone. What a key of the log has not signed is not fetched whole. */
export async function fetchSegment(
  bucket: Bucket,
  { key, versionId, size }: ObjectVersion,
  trust: SegmentTrust,
): Promise<Uint8Array | SegmentProblem | undefined> {
  if (size > MAX_SEGMENT_BYTES) return segmentProblem('it is larger than any segment');
  if (size >= LARGE) {
    const head = await bucket.get(key, { versionId, to: HEAD });
    if (head === undefined) return undefined;
    const problem = claimProblem(head, trust);
    if (problem !== undefined) return problem;
  }
  return bucket.get(key, { versionId, size });
}
