import type { ObjectVersion } from '../bucket/object-version.ts';
import { takeIn } from '../replica/take-in.ts';
import type { Segment } from '../segment/segment.ts';
import type { Context } from './context.ts';
import { factsOf, keysAfter } from './entry-facts.ts';
import { newestIn } from './lock-dates.ts';

/**
 * Takes a confirmed segment into the replica and tells of handles that it names as destroyed. False when the replica is elsewhere by now.
 *
 * @param keys verifier keys that were in force before it
 */
export function takeSegment(
  context: Context,
  segment: Segment,
  { versionId, size }: Pick<ObjectVersion, 'versionId' | 'size'>,
  keys: readonly string[],
): boolean {
  const { first, entries } = segment;
  const { signer } = context;
  const before = keys.length === 0 && signer !== undefined ? [signer.vkey] : keys;
  const { control, retentions, rotations } = factsOf(first, entries);
  const isTaken = takeIn(context.replica, {
    ...segment,
    version: versionId,
    size,
    control,
    retentions,
    keys: keysAfter(segment.origin, before, rotations),
    recorded: newestIn(entries),
  });
  if (!isTaken) return false;
  context.retentions.tell();
  return true;
}
