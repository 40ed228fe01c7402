import { SINGLE_ATTRIBUTES } from './attributes.ts';
import { type Bits, fillBelow, newBits } from './bits.ts';
import { CHUNK } from './chunk-keys.ts';
import { columnAt, decodeColumn } from './column-codec.ts';
import { sound } from './damaged.ts';
import { type Draft, type Group, newDraft } from './draft.ts';
import type { EncodedSegment } from './encode.ts';
import { decodeBucket } from './person-codec.ts';
import { addSet, decodeSet } from './set-codec.ts';
import type { Terms } from './terms.ts';
import { decodeTimes, isTime } from './time-codec.ts';
import { hasBit, setBit } from './bits.ts';

/** An entry has at most 65,535 bytes, and a mention takes a hundred of them. */
const MOST_MENTIONS = 1000;

/** Appends an encoded segment to a draft that ends where it begins; alike groups are left for `joinGroups`. @throws DamagedChunk */
export function appendSegment(draft: Draft, segment: EncodedSegment, terms: Terms): void {
  sound(segment.first === draft.first + draft.count, 'segments do not adjoin');
  sound(draft.count + segment.count <= draft.occurred.length, 'segment too long');
  const shift = draft.count;
  appendColumns(draft, segment, shift);
  let room = MOST_MENTIONS * segment.count;
  for (const [key, bytes] of segment.chunks) {
    if (key >= CHUNK.term) appendMulti(draft, key - CHUNK.term, bytes, segment.count, terms);
    else if (key >= CHUNK.bucket) room -= appendGroups(draft, decodeBucket(bytes, segment.count), shift);
    sound(room >= 0, 'more mentions than entries can hold');
  }
  draft.count += segment.count;
}

/** A draft of one encoded segment. @throws DamagedChunk */
export function decodeSegment(segment: EncodedSegment, terms: Terms): Draft {
  const draft = newDraft(segment.first, segment.count);
  appendSegment(draft, segment, terms);
  return draft;
}

function appendColumns(draft: Draft, segment: EncodedSegment, shift: number): void {
  const { chunks, count } = segment;
  const present = presentOf(chunks.get(CHUNK.present), count);
  const times = decodeTimes(needed(chunks.get(CHUNK.times)), count);
  for (let i = 0; i < count; i++) {
    if (hasBit(present, i)) setBit(draft.present, shift + i);
    const occurred = times.base + (times.offsets[i] as number);
    sound(isTime(occurred), 'time');
    draft.occurred[shift + i] = occurred;
  }
  for (let place = 0; place < SINGLE_ATTRIBUTES.length; place++) {
    const column = decodeColumn(needed(chunks.get(CHUNK.column + place)), count);
    const into = draft.singles[place] as Int32Array;
    for (let i = 0; i < count; i++) into[shift + i] = columnAt(column, i);
  }
}

/** Returns the number of positions. */
function appendGroups(draft: Draft, groups: readonly Group[], shift: number): number {
  let positions = 0;
  for (const group of groups) {
    positions += group.positions.length;
    if (shift > 0)
      for (let i = 0; i < group.positions.length; i++) group.positions[i] = (group.positions[i] ?? 0) + shift;
    draft.groups.push(group);
  }
  return positions;
}

function appendMulti(draft: Draft, term: number, bytes: Uint8Array, count: number, terms: Terms): void {
  const known = terms.get(term);
  sound(known !== undefined, 'term without a name');
  if (known.attribute < SINGLE_ATTRIBUTES.length) return; // the column says the same
  const positions = draft.multis.get(term) ?? [];
  for (const position of decodeSet(bytes, count)) positions.push(position + draft.count);
  draft.multis.set(term, positions);
}

/** The present entries of a segment. @throws DamagedChunk */
export function presentOf(bytes: Uint8Array | undefined, count: number): Bits {
  const bits = newBits();
  if (bytes === undefined) fillBelow(bits, count);
  else addSet(bits, bytes);
  return bits;
}

function needed(bytes: Uint8Array | undefined): Uint8Array {
  sound(bytes !== undefined, 'a chunk is missing');
  return bytes;
}
