import { encodeActors } from './actor-codec.ts';
import { ROLE } from './attributes.ts';
import { countBits, hasBit, listBits } from './bits.ts';
import { CHUNK } from './chunk-keys.ts';
import { encodeColumn } from './column-codec.ts';
import { positionsByPlace, rankColumn } from './column-places.ts';
import type { Draft, Group } from './draft.ts';
import { sortGroups } from './group-order.ts';
import { bucketBits, bucketOf, encodeBucket } from './person-codec.ts';
import { encodeSet } from './set-codec.ts';
import { encodeTimes } from './time-codec.ts';

/** A segment as rows. The same draft always gives the same bytes. */
export interface EncodedSegment {
  readonly first: number;
  readonly count: number;
  /** Earliest and latest occurred time, ms; both 0 when nothing is present. */
  readonly low: number;
  readonly high: number;
  /** Leading bits of a person key that choose its bucket. */
  readonly bits: number;
  /** By chunk key. */
  readonly chunks: ReadonlyMap<number, Uint8Array>;
}

const positions = new Uint16Array(65_536);

/** Encodes a draft. */
export function encodeSegment(draft: Draft): EncodedSegment {
  const { first, count } = draft;
  const chunks = new Map<number, Uint8Array>();
  const { low, high } = encodePresence(draft, chunks);
  draft.singles.forEach((column, place) => encodeSingle(column, count, place, chunks));
  for (const [term, set] of draft.multis) chunks.set(CHUNK.term + term, encodeSet(set));
  const bits = encodePersons(draft, chunks);
  return { first, count, low, high, bits, chunks };
}

function encodePresence(draft: Draft, chunks: Map<number, Uint8Array>): { low: number; high: number } {
  const { count, occurred, present } = draft;
  const bodies = countBits(present);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (bodies < count && !hasBit(present, i)) continue;
    low = Math.min(low, occurred[i] as number);
    high = Math.max(high, occurred[i] as number);
  }
  if (bodies === 0) low = high = 0;
  if (bodies < count) {
    for (let i = 0; i < count; i++) if (!hasBit(present, i)) occurred[i] = low;
    const listed = listBits(present, positions);
    chunks.set(CHUNK.present, listed === 0 ? new Uint8Array([1]) : encodeSet(positions, listed));
  }
  chunks.set(CHUNK.times, encodeTimes(occurred, count, low, high));
  return { low, high };
}

function encodeSingle(
  column: Int32Array,
  count: number,
  place: number,
  chunks: Map<number, Uint8Array>,
): void {
  const ranked = rankColumn(column, count);
  chunks.set(CHUNK.column + place, encodeColumn(ranked));
  positionsByPlace(ranked).forEach((set, i) => {
    const term = ranked.values[i] ?? 0;
    if (term !== 0) chunks.set(CHUNK.term + term, encodeSet(set));
  });
}

function encodePersons(draft: Draft, chunks: Map<number, Uint8Array>): number {
  const bits = bucketBits(draft.groups.length);
  const buckets: Group[][] = Array.from({ length: 1 << bits }, () => []);
  const actors = new Map<string, number[]>();
  for (const group of sortGroups(draft.groups)) {
    buckets[bucketOf(group.person, bits)]?.push(group);
    if (group.role !== ROLE.actor) continue;
    const known = actors.get(group.person);
    actors.set(group.person, known === undefined ? group.positions : known.concat(group.positions));
  }
  buckets.forEach((groups, bucket) => {
    if (groups.length > 0) chunks.set(CHUNK.bucket + bucket, encodeBucket(groups));
  });
  const column = encodeActors(actors, draft.count);
  if (column !== undefined) chunks.set(CHUNK.actors, column);
  return bits;
}
