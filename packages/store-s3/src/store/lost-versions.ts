import { findIdPart, segmentAt } from '../replica/lookups.ts';
import type { Segment } from '../segment/segment.ts';
import { searched } from './bodies.ts';
import type { Context } from './context.ts';
import { numberIn, SEGMENTS } from './keys.ts';
import { allKeys, type KeyVersions } from './listing.ts';
import type { Obstacle } from './obstacle.ts';
import { obstacleTo, signedAmong } from './signed-versions.ts';

/** Whether the body of an entry goes, by its index. */
export type Goes = (index: number) => boolean;

/**
 * Removes what holds bodies that go and is not the log: segments of the log's own key that lost a race, or were put where they
 * do not belong. Their entries have the same ids further on, never before: who signed them saw all entries below their key.
 *
 * @param last no key beyond this entry is looked at
 * @returns what a lock or a hold keeps
 */
export async function removeLost(context: Context, last: number, goes: Goes): Promise<readonly Obstacle[]> {
  const obstacles: Obstacle[] = [];
  for await (const keys of allKeys(context.bucket, SEGMENTS))
    for (const each of keys) {
      const first = numberIn(SEGMENTS, each.key);
      if (first === undefined) continue;
      if (first > last) return obstacles;
      obstacles.push(...(await removeAt(context, first, each, goes)));
    }
  return obstacles;
}

async function removeAt(
  context: Context,
  first: number,
  { versions }: KeyVersions,
  goes: Goes,
): Promise<readonly Obstacle[]> {
  const { bucket, cache, replica } = context;
  const row = replica.read((rows) => segmentAt(rows, first));
  const isPlace = row?.first === first;
  // One version at a place of the log is its segment: nothing has to be read.
  if (isPlace && versions.length === 1) return [];
  const truth = isPlace ? await searched(context, row) : undefined;
  // Where the truth is gone nobody says what is beside it.
  if (truth?.kind === 'damage') return [];
  const others = versions.filter(({ versionId }) => versionId !== truth?.version);
  const obstacles: Obstacle[] = [];
  for (const { version, segment } of await signedAmong(context, others)) {
    if (!repeats(context, segment, goes)) continue;
    const obstacle = await obstacleTo(context, version, first);
    if (obstacle !== undefined) {
      obstacles.push(obstacle);
      continue;
    }
    await bucket.remove(version.key, version.versionId);
    cache.drop(version.versionId);
  }
  return obstacles;
}

/** Whether a segment holds the body of an entry that goes, by id and part: in another place its bytes are others. */
function repeats({ replica }: Context, { entries, ids, parts }: Segment, goes: Goes): boolean {
  return parts.some((part, n) => {
    if (entries[n] === undefined) return false;
    const index = replica.read((rows) => findIdPart(rows, ids.subarray(16 * n, 16 * n + 16), part));
    return index !== undefined && goes(index);
  });
}
