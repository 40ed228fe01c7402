import { type Bits } from './bits.ts';
import { sound } from './damaged.ts';
import { groupKey, KEY_BYTES, splitGroupKey } from './draft.ts';
import { addSet, decodeSet, encodeSet } from './set-codec.ts';

/** A group as a bucket holds it: its key and its encoded set of positions. */
export interface GroupRecord {
  readonly key: string;
  readonly set: Uint8Array;
}

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

/**
 * Encodes the groups of a bucket, sorted by key. Per group: 8 bytes of the person key, a byte `role + 8 * handles`,
 * 8 bytes per handle, a varint with the length of the set, the set.
 */
export function encodeBucket(records: readonly GroupRecord[]): Uint8Array {
  let length = 0;
  for (const { key, set } of records) length += key.length + varintLength(set.length) + set.length;
  const out = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const { key, set } of records) {
    at += out.write(key, at, key.length, 'latin1');
    const handles = (key.length - KEY_BYTES - 1) / KEY_BYTES;
    out[at - key.length + KEY_BYTES] = key.charCodeAt(KEY_BYTES) + ROLES * handles;
    at = writeVarint(out, at, set.length);
    out.set(set, at);
    at += set.length;
  }
  return out;
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

/** All groups of a bucket. @throws DamagedChunk */
export function decodeBucket(bytes: Uint8Array): GroupRecord[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const records: GroupRecord[] = [];
  walkBucket(bytes, (head, set, end) => {
    const packed = buffer[head + KEY_BYTES] as number;
    const person = buffer.toString('latin1', head, head + KEY_BYTES);
    const from = head + KEY_BYTES + 1;
    const handles = buffer.toString('latin1', from, from + KEY_BYTES * (packed >>> 3));
    records.push({ key: groupKey(person, packed % ROLES, handles), set: bytes.subarray(set, end) });
  });
  return records;
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

/** A group of a draft as a record. */
export function encodeGroup(key: string, positions: readonly number[]): GroupRecord {
  return { key, set: encodeSet(positions) };
}

/** Puts decoded records into the groups of a draft, `shift` positions further. */
export function addRecords(
  groups: Map<string, number[]>,
  records: readonly GroupRecord[],
  shift: number,
): void {
  for (const { key, set } of records) {
    const positions = decodeSet(set);
    const known = groups.get(key) ?? [];
    for (const position of positions) known.push(position + shift);
    groups.set(key, known);
  }
}

/** Person of a record's key. */
export function personOf(record: GroupRecord): string {
  return splitGroupKey(record.key).person;
}

function varintLength(value: number): number {
  return value < 128 ? 1 : value < 16_384 ? 2 : 3;
}

function writeVarint(out: Uint8Array, at: number, value: number): number {
  let rest = value;
  let to = at;
  while (rest >= 128) {
    out[to++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  out[to++] = rest;
  return to;
}
