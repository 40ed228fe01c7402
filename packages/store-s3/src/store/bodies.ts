import { equalBytes } from '@zegel/core';
import { replaceVersion } from '../replica/lookups.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { truthOf } from '../truth.ts';
import { type Context, trustAt } from './context.ts';
import { segmentKey } from './keys.ts';

/** A segment as it stands in the bucket, or what is wrong with it. */
export type Body =
  | { readonly kind: 'segment'; readonly segment: Segment; readonly version: string }
  | { readonly kind: 'damage'; readonly reason: string };

/** Reads a segment that the replica knows from the bucket (or from what was read there lately). Damage is data; failing to ask is not. */
export async function bodyOf(context: Context, row: SegmentRow): Promise<Body> {
  const { bucket, cache } = context;
  const cached = cache.get(row.version);
  if (cached !== undefined) return { kind: 'segment', segment: cached, version: row.version };
  const bytes = await bucket.get(segmentKey(row.first), { versionId: row.version });
  const segment =
    bytes === undefined ? undefined : decodeSegment(bytes, trustAt(context, context.replica.state()));
  if (segment?.kind !== 'segment' || !isSame(row, segment)) return searched(context, row);
  cache.put(row.version, segment);
  return { kind: 'segment', segment, version: row.version };
}

/** The version known is gone or no good: it was pruned elsewhere, or the object was meddled with. */
export async function searched(context: Context, row: SegmentRow): Promise<Body> {
  const { bucket, cache, replica } = context;
  const trust = trustAt(context, replica.state());
  const { version, segment, foreign } = await truthOf(
    bucket,
    segmentKey(row.first),
    (found) => isSame(row, found),
    trust,
  );
  if (version === undefined || segment === undefined) {
    const reasons = foreign.map(({ reason }) => reason);
    const found =
      reasons.length === 0
        ? 'nothing stands there'
        : `there is only what is no segment of it: ${reasons.join('; ')}`;
    return { kind: 'damage', reason: `${segmentKey(row.first)} is lost: ${found}` };
  }
  if (version.versionId !== row.version) {
    cache.drop(row.version);
    replica.write((rows) => replaceVersion(rows, row.first, version.versionId));
  }
  cache.put(version.versionId, segment);
  return { kind: 'segment', segment, version: version.versionId };
}

/** Whether a segment is the one that the replica took in, pruned since or not. */
export function isSame(row: SegmentRow, segment: Segment): boolean {
  const { first, count, prev, root } = row;
  return (
    segment.first === first &&
    segment.count === count &&
    equalBytes(segment.prev, prev) &&
    equalBytes(segment.root, root)
  );
}
