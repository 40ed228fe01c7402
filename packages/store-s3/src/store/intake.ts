import { takeIn } from '../replica/take-in.ts';
import type { Segment } from '../segment/segment.ts';
import type { Context } from './context.ts';
import { factsOf, keysAfter } from './entry-facts.ts';
import { newestIn } from './lock-dates.ts';

/**
 * Takes a confirmed segment into the replica, tells of handles that it names as destroyed, and keeps it for whoever
 * reads it next. False when the replica is elsewhere by now.
 *
 * @param keys verifier keys that were in force before it
 */
export function takeSegment(
  context: Context,
  segment: Segment,
  version: string,
  keys: readonly string[],
): boolean {
  const { first, entries } = segment;
  const { signer } = context;
  const before = keys.length === 0 && signer !== undefined ? [signer.vkey] : keys;
  const { control, retentions, rotations } = factsOf(first, entries);
  const isTaken = takeIn(context.replica, {
    ...segment,
    version,
    control,
    retentions,
    keys: keysAfter(segment.origin, before, rotations),
    recorded: newestIn(entries),
  });
  if (!isTaken) return false;
  context.cache.put(version, segment);
  context.retentions.tell();
  return true;
}
