import type { Bits } from './bits.ts';
import { sound } from './damaged.ts';
import { type Group, KEY_BYTES } from './draft.ts';
import { addSet, decodeSet, encodeSet } from './set-codec.ts';

const ROLES = 8;

/** Bits of a person key that choose its bucket in a segment with so many groups: buckets of a few hundred groups. */
export function bucketBits(groups: number): number {
  let bits = 0;
  while (bits < 8 && groups >>> bits > 256) bits++;
  return bits;
}

export function bucketOf(person: string, bits: number): number {
  return person.charCodeAt(0) >>> (8 - bits);
}

let scratch = Buffer.alloc(1 << 16);

/**
 * Encodes the groups of a bucket in the order given (see `sortGroups`). Per group: 8 bytes of the person key, a byte
 * `role + 8 * handles`, 8 bytes per handle, a varint with the length of the set, the set.
 */
export function encodeBucket(groups: readonly Group[]): Uint8Array {
  let at = 0;
  for (const { person, role, handles, positions } of groups) {
    const set = positions.length === 1 ? undefined : encodeSet(positions);
    reserve(at + KEY_BYTES + 1 + handles.length + 3 + (set?.length ?? 3));
    at = writeText(at, person);
    scratch[at++] = role + ROLES * (handles.length / KEY_BYTES);
    at = writeText(at, handles);
    at = set === undefined ? writeSingle(at, positions[0] as number) : writeSet(at, set);
  }
  return new Uint8Array(scratch.subarray(0, at));
}

function reserve(length: number): void {
  if (length <= scratch.length) return;
  const larger = Buffer.alloc(2 * length);
  larger.set(scratch);
  scratch = larger;
}

function writeText(at: number, text: string): number {
  for (let i = 0; i < text.length; i++) scratch[at + i] = text.charCodeAt(i);
  return at + text.length;
}

// Most persons occur once in a segment: their set is written without an array in between.
function writeSingle(at: number, position: number): number {
  scratch[at] = 3;
  scratch[at + 1] = 1;
  scratch[at + 2] = position & 255;
  scratch[at + 3] = position >>> 8;
  return at + 4;
}

function writeSet(at: number, set: Uint8Array): number {
  let rest = set.length;
  let to = at;
  while (rest >= 128) {
    scratch[to++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  scratch[to++] = rest;
  scratch.set(set, to);
  return to + set.length;
}

/** Calls `visit` for every group of a bucket with the offsets of its head and of its set. @throws DamagedChunk */
function walkBucket(bytes: Uint8Array, visit: (head: number, set: number, end: number) => void): void {
  let at = 0;
  while (at < bytes.length) {
    const head = at;
    at += KEY_BYTES + 1 + KEY_BYTES * ((bytes[at + KEY_BYTES] ?? 0) >>> 3);
    let length = 0;
    let shift = 0;
    let byte = 128;
    while (byte >= 128) {
      sound(at < bytes.length && shift <= 14, 'bucket');
      byte = bytes[at++] as number;
      length |= (byte & 127) << shift;
      shift += 7;
    }
    sound(length > 0 && at + length <= bytes.length, 'bucket');
    visit(head, at, at + length);
    at += length;
  }
}

/** All groups of a bucket of a segment with `count` entries. @throws DamagedChunk */
export function decodeBucket(bytes: Uint8Array, count: number): Group[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const groups: Group[] = [];
  walkBucket(bytes, (head, set, end) => {
    const packed = buffer[head + KEY_BYTES] as number;
    const from = head + KEY_BYTES + 1;
    groups.push({
      person: buffer.toString('latin1', head, head + KEY_BYTES),
      role: packed % ROLES,
      handles: buffer.toString('latin1', from, from + KEY_BYTES * (packed >>> 3)),
      positions: decodeSet(bytes.subarray(set, end), count),
    });
  });
  return groups;
}

/** Adds to `into` where a person stands in one of the roles (a bit per role). @throws DamagedChunk */
export function addPerson(into: Bits, bytes: Uint8Array, person: string, roles: number): void {
  walkBucket(bytes, (head, set, end) => {
    for (let i = 0; i < KEY_BYTES; i++) if (bytes[head + i] !== person.charCodeAt(i)) return;
    const role = (bytes[head + KEY_BYTES] as number) % ROLES;
    if ((roles >>> role) & 1) addSet(into, bytes.subarray(set, end));
  });
}

/** Whether any group of a bucket goes through one of the handles. @throws DamagedChunk */
export function mentionsHandle(bytes: Uint8Array, handles: ReadonlySet<string>): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let found = false;
  walkBucket(bytes, (head) => {
    const count = (buffer[head + KEY_BYTES] as number) >>> 3;
    for (let i = 0; i < count && !found; i++) {
      const at = head + KEY_BYTES + 1 + KEY_BYTES * i;
      found = handles.has(buffer.toString('latin1', at, at + KEY_BYTES));
    }
  });
  return found;
}
