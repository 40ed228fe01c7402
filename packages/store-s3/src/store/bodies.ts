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
  | {
      readonly kind: 'damage';
      readonly reason: string;
      /** Whether the version that was taken in is listed all the same. */
      readonly isListed: boolean;
    };

/** A segment that was read lately, or its object as it came; undefined where there is none of its version. */
export type Fetched = Segment | Uint8Array | undefined;

/** Reads a segment that the replica knows from the bucket (or from what was read there lately). Damage is data; failing to ask is not. */
export async function bodyOf(context: Context, row: SegmentRow): Promise<Body> {
  const body = await unpacked(context, row, await fetched(context, row));
  if (body.kind === 'segment') context.cache.put(body.version, body.segment);
  return body;
}

/** The first half of {@link bodyOf}: what waits its turn is packed, and takes a fraction of what it will. */
export async function fetched(
  { bucket, cache }: Context,
  { first, version, size }: SegmentRow,
): Promise<Fetched> {
  return cache.get(version) ?? (await bucket.get(segmentKey(first), { versionId: version, size }));
}

/** The second half of {@link bodyOf}. Does not keep what was not kept already. */
export async function unpacked(context: Context, row: SegmentRow, found: Fetched): Promise<Body> {
  const segment =
    found instanceof Uint8Array ? decodeSegment(found, trustAt(context, context.replica.state())) : found;
  if (segment?.kind !== 'segment' || !isSame(row, segment)) return searched(context, row);
  return { kind: 'segment', segment, version: row.version };
}

/** The version known is gone or no good: it was pruned elsewhere, or the object was meddled with. */
export async function searched(
  context: Pick<Context, 'bucket' | 'replica' | 'trust' | 'cache'>,
  row: SegmentRow,
): Promise<Body> {
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
    const isListed = foreign.some((one) => one.version.versionId === row.version);
    return { kind: 'damage', reason: `${segmentKey(row.first)} is lost: ${found}`, isListed };
  }
  if (version.versionId !== row.version) {
    cache.drop(row.version);
    replica.write((rows) => replaceVersion(rows, row.first, version));
  }
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
