import type { Bucket } from './bucket/bucket.ts';
import type { ObjectVersion } from './bucket/object-version.ts';
import { decodeSegment, type SegmentTrust } from './segment/decode-segment.ts';
import { fetchSegment } from './segment/fetch-segment.ts';
import { type Segment, type SegmentProblem, segmentProblem } from './segment/segment.ts';
import { StoreError } from './store-error.ts';

/** Something at the key of a segment that is not its truth. */
export interface Foreign {
  /**
   * `garbage`: older than the truth, or there is none, and not a segment that fits. `marker`: a delete marker.
   * `copy`: younger than the truth, same entries, pruned or not. `late`: younger, and something else or not looked at.
   */
  readonly kind: 'garbage' | 'marker' | 'copy' | 'late';
  readonly version: ObjectVersion;
  readonly reason: string;
  /** What a key of the log has signed there, where versions were looked into. */
  readonly segment?: Segment;
}

/** What stands at the key of a segment. `version`, `segment` and `bytes` come together. */
export interface Truth {
  readonly version: ObjectVersion | undefined;
  readonly segment: Segment | undefined;
  /** The object as stored. */
  readonly bytes: Uint8Array | undefined;
  readonly foreign: readonly Foreign[];
}

/** How a truth is sought. */
export interface TruthOptions {
  /** An object that this process put, so that it need not be fetched. */
  readonly mine?: { readonly versionId: string; readonly bytes: Uint8Array; readonly segment: Segment };
  /** Whether versions younger than the truth are looked into as well. They never change what it is. */
  readonly whole?: boolean;
}

// A version may go between listing and fetching, when its pruned successor has arrived (format v1 §6).
const LISTINGS = 5;

/**
 * The truth of a key: its oldest version, in listing order and never by time stamp, whose note verifies and
 * which `accept`, telling whether it chains on (first, prev), allows (format v1 §6). Delete markers are no versions.
 *
 * @throws StoreError STORE_IO and others of {@link Bucket}: a version that could not be fetched is not skipped
 */
export async function truthOf(
  bucket: Bucket,
  key: string,
  accept: (segment: Segment) => boolean,
  trust: SegmentTrust,
  options: TruthOptions = {},
): Promise<Truth> {
  for (let listing = 1; ; listing++) {
    const listed = (await bucket.versions(key)).filter((version) => version.key === key);
    const truth = await search({ bucket, accept, trust, options }, listed);
    if (truth !== 'moved') return truth;
    if (listing === LISTINGS)
      throw new StoreError('STORE_IO', `versions of ${key} go away while they are read`);
  }
}

interface Search {
  readonly bucket: Bucket;
  readonly accept: (segment: Segment) => boolean;
  readonly trust: SegmentTrust;
  readonly options: TruthOptions;
}

interface Found {
  readonly version: ObjectVersion;
  readonly segment: Segment;
  readonly bytes: Uint8Array;
}

async function search(how: Search, listed: readonly ObjectVersion[]): Promise<Truth | 'moved'> {
  const foreign: Foreign[] = [];
  let found: Found | undefined;
  for (const version of listed.toReversed()) {
    if (version.isDeleteMarker) {
      foreign.push({ kind: 'marker', version, reason: 'a delete marker' });
      continue;
    }
    if (found !== undefined) {
      foreign.push(await younger(how, version, found));
      continue;
    }
    const read = await fetched(how, version);
    if (read === 'gone') return 'moved';
    if ('reason' in read) foreign.push({ kind: 'garbage', version, reason: read.reason });
    else found = { version, ...read };
  }
  return {
    version: found?.version,
    segment: found?.segment,
    bytes: found?.bytes,
    foreign,
  };
}

/** A problem may be with a segment that is one, in another place. */
type Misfit = SegmentProblem & { readonly segment?: Segment };

type Fetched = { readonly segment: Segment; readonly bytes: Uint8Array } | Misfit | 'gone';

async function fetched(how: Search, version: ObjectVersion): Promise<Fetched> {
  const { mine } = how.options;
  if (mine?.versionId === version.versionId && mine.bytes.length === version.size) return mine;
  const bytes = await fetchSegment(how.bucket, version, how.trust);
  if (bytes === undefined) return 'gone';
  if ('kind' in bytes) return bytes;
  const segment = decodeSegment(bytes, how.trust);
  if (segment.kind === 'problem') return segment;
  if (how.accept(segment)) return { segment, bytes };
  return { ...segmentProblem('it does not continue the log'), segment };
}

async function younger(how: Search, version: ObjectVersion, found: Found): Promise<Foreign> {
  const late = (reason: string, segment?: Segment): Foreign => ({
    ...{ kind: 'late', version, reason },
    ...(segment !== undefined && { segment }),
  });
  if (how.options.whole !== true) return late('it came after the truth');
  const read = await fetched(how, version);
  if (read === 'gone') return late('it came after the truth and is gone');
  if ('reason' in read) return late(`it came after the truth: ${read.reason}`, read.segment);
  if (read.segment.note === found.segment.note)
    return { kind: 'copy', version, reason: 'a copy of the truth', segment: read.segment };
  return late('a valid segment that came after the truth', read.segment);
}
