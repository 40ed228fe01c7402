import type { ObjectVersion } from '../bucket/object-version.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import { fetchSegment } from '../segment/fetch-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { type Context, trustAt } from './context.ts';
import type { Obstacle } from './obstacle.ts';

/** A version that a key of the log has signed. */
export interface SignedVersion {
  readonly version: ObjectVersion;
  readonly segment: Segment;
}

/** Those of some versions that are segments of the log, wherever they stand, in the same order. What is not signed is left alone: it is evidence. */
export async function signedAmong(
  context: Context,
  versions: readonly ObjectVersion[],
): Promise<readonly SignedVersion[]> {
  const trust = trustAt(context, context.replica.state());
  const signed: SignedVersion[] = [];
  for (const version of versions) {
    if (version.isDeleteMarker) continue;
    const bytes = await fetchSegment(context.bucket, version, trust);
    const segment = bytes instanceof Uint8Array ? decodeSegment(bytes, trust) : undefined;
    if (segment?.kind === 'segment') signed.push({ version, segment });
  }
  return signed;
}

/** What keeps a version from being removed now; undefined where nothing does. */
export async function obstacleTo(
  { bucket }: Context,
  { key, versionId }: ObjectVersion,
  index: number,
): Promise<Obstacle | undefined> {
  const state = await bucket.lockOf(key, versionId);
  if (state?.legalHold === true)
    return { reason: `${key} is under a legal hold: its bodies stay until that is lifted`, index };
  const until = state?.lock?.until;
  if (until === undefined || until.getTime() <= Date.now()) return undefined;
  return { reason: `${key} is locked until ${until.toISOString()}: its bodies stay until then`, index };
}
