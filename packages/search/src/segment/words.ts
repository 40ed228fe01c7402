import { sound } from './damaged.ts';

/**
 * Encoded columns begin with a head padded to eight bytes, so that what follows can be looked at in place: little-endian,
 * as every platform is that Node supports in earnest. A chunk that SQLite put at an odd address is copied.
 */
export function wordsAt(
  bytes: Uint8Array,
  head: number,
  width: number,
  count: number,
): Uint8Array | Uint16Array | Uint32Array {
  sound(bytes.length === head + width * count, 'column length');
  const at = bytes.byteOffset + head;
  const data = at % width === 0 ? bytes : new Uint8Array(bytes);
  const offset = data === bytes ? at : head;
  if (width === 1) return new Uint8Array(data.buffer, offset, count);
  return width === 2
    ? new Uint16Array(data.buffer, offset, count)
    : new Uint32Array(data.buffer, offset, count);
}

/** `n` rounded up to a multiple of eight. */
export function padded(n: number): number {
  return Math.ceil(n / 8) * 8;
}

/** Whether a head's padding is zero: one column has one encoding. */
export function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => byte === 0);
}
