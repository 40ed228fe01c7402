import { sound } from './damaged.ts';
import { wordsAt } from './words.ts';

/** Occurred times of a segment: `base + (offsets?.[position] ?? 0)`, ms. */
export interface Times {
  readonly base: number;
  readonly offsets: Uint8Array | Uint16Array | Uint32Array | Float64Array;
}

/** Whether it is a time that an entry can name: whole ms in the years 0000 to 9999. */
export function isTime(ms: number): boolean {
  return Number.isInteger(ms) && ms >= -62_167_219_200_000 && ms <= 253_402_300_799_999;
}

/** Encodes times: f64 LE base (the earliest), then offsets from it as u32, or as f64 if they need it. */
export function encodeTimes(times: Float64Array, count: number, low: number, high: number): Uint8Array {
  const width = high - low < 2 ** 32 ? 4 : 8;
  const offsets = width === 4 ? new Uint32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) offsets[i] = (times[i] as number) - low;
  const out = new Uint8Array(8 + offsets.byteLength);
  new DataView(out.buffer).setFloat64(0, low, true);
  out.set(new Uint8Array(offsets.buffer), 8);
  return out;
}

/** Reads what {@link encodeTimes} wrote. @throws DamagedChunk */
export function decodeTimes(bytes: Uint8Array, count: number): Times {
  sound(bytes.length === 8 + 4 * count || bytes.length === 8 + 8 * count, 'times');
  const base = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat64(0, true);
  if (bytes.length === 8 + 4 * count) return { base, offsets: wordsAt(bytes, 8, 4, count) };
  return { base, offsets: new Float64Array(new Uint8Array(bytes.subarray(8)).buffer) };
}
