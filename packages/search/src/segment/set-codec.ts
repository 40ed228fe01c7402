import { type Bits, setBit } from './bits.ts';
import { sound } from './damaged.ts';

// The three containers of a Roaring bitmap; the smallest is written, of equals the first.
const LIST = 1; // u16 LE each
const RUNS = 2; // u16 LE start, u16 LE length - 1
const BITMAP = 3; // bit n of byte n/8, without trailing zero bytes

/** Encodes ascending positions, at least one. One set has one encoding. */
export function encodeSet(positions: ArrayLike<number>, count: number = positions.length): Uint8Array {
  const runs = countRuns(positions, count);
  const last = positions[count - 1] ?? 0;
  const bitmap = (last >>> 3) + 1;
  if (2 * count <= 4 * runs && 2 * count <= bitmap) return encodeList(positions, count);
  return 4 * runs <= bitmap ? encodeRuns(positions, count, runs) : encodeBitmap(positions, count, bitmap);
}

function countRuns(positions: ArrayLike<number>, count: number): number {
  let runs = 0;
  let next = -1;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position !== next) runs++;
    next = position + 1;
  }
  return runs;
}

function encodeList(positions: ArrayLike<number>, count: number): Uint8Array {
  const out = new Uint8Array(1 + 2 * count);
  out[0] = LIST;
  for (let i = 0; i < count; i++) put16(out, 1 + 2 * i, positions[i] as number);
  return out;
}

function encodeRuns(positions: ArrayLike<number>, count: number, runs: number): Uint8Array {
  const out = new Uint8Array(1 + 4 * runs);
  out[0] = RUNS;
  let at = -3;
  let next = -1;
  let start = 0;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    if (position !== next) {
      at += 4;
      start = position;
      put16(out, at, start);
    }
    put16(out, at + 2, position - start);
    next = position + 1;
  }
  return out;
}

function encodeBitmap(positions: ArrayLike<number>, count: number, bytes: number): Uint8Array {
  const out = new Uint8Array(1 + bytes);
  out[0] = BITMAP;
  for (let i = 0; i < count; i++) {
    const position = positions[i] as number;
    const at = 1 + (position >>> 3);
    out[at] = (out[at] ?? 0) | (1 << (position & 7));
  }
  return out;
}

function put16(out: Uint8Array, at: number, value: number): void {
  out[at] = value & 255;
  out[at + 1] = value >>> 8;
}

function get16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** Adds an encoded set to `into`. @throws DamagedChunk */
export function addSet(into: Bits, bytes: Uint8Array): void {
  const form = bytes[0];
  if (form === LIST) {
    sound(bytes.length % 2 === 1, 'list');
    for (let at = 1; at < bytes.length; at += 2) setBit(into, get16(bytes, at));
  } else if (form === RUNS) addRuns(into, bytes);
  else {
    sound(form === BITMAP && bytes.length <= 1 + into.byteLength, 'set');
    addBitmap(into, bytes);
  }
}

function addRuns(into: Bits, bytes: Uint8Array): void {
  sound(bytes.length % 4 === 1, 'runs');
  let before = -1;
  for (let at = 1; at < bytes.length; at += 4) {
    const start = get16(bytes, at);
    const end = start + get16(bytes, at + 2);
    sound(start > before && end < into.length * 32, 'run');
    before = end;
    let position = start;
    for (; position <= end && (position & 31) !== 0; position++) setBit(into, position);
    for (; position + 31 <= end; position += 32) into[position >>> 5] = 0xffff_ffff;
    for (; position <= end; position++) setBit(into, position);
  }
}

const scratch = new Uint32Array(2048);
const scratchBytes = new Uint8Array(scratch.buffer);

// Words are read in the machine's order: little-endian on every platform that Node supports in earnest.
function addBitmap(into: Bits, bytes: Uint8Array): void {
  const words = Math.ceil((bytes.length - 1) / 4);
  if (words > 0) scratch[words - 1] = 0;
  scratchBytes.set(bytes.subarray(1));
  for (let i = 0; i < words; i++) into[i] = (into[i] as number) | (scratch[i] as number);
}

/**
 * Positions of an encoded set, ascending and below `count`. Held to that one by one: bytes of another build or of nobody
 * could otherwise stand for billions.
 *
 * @throws DamagedChunk
 */
export function decodeSet(bytes: Uint8Array, count: number): number[] {
  const form = bytes[0];
  const out: number[] = [];
  if (form === LIST) {
    sound(bytes.length % 2 === 1, 'list');
    for (let at = 1; at < bytes.length; at += 2) put(out, get16(bytes, at), count);
  } else if (form === RUNS) {
    sound(bytes.length % 4 === 1, 'runs');
    for (let at = 1; at < bytes.length; at += 4) {
      const start = get16(bytes, at);
      for (let n = 0; n <= get16(bytes, at + 2); n++) put(out, start + n, count);
    }
  } else {
    sound(form === BITMAP, 'set');
    for (let i = 8; i < bytes.length * 8; i++)
      if (((bytes[i >>> 3] as number) >>> (i & 7)) & 1) put(out, i - 8, count);
  }
  return out;
}

function put(out: number[], position: number, count: number): void {
  sound(position < count && (out.length === 0 || position > (out[out.length - 1] as number)), 'position');
  out.push(position);
}
