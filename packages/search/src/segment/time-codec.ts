import { sound } from './damaged.ts';

/** Occurred times of a segment: `base + (offsets?.[position] ?? 0)`, ms. */
export interface Times {
  readonly base: number;
  readonly offsets: Uint32Array | Float64Array;
}

/** Encodes times: u8 width (4 or 8), f64 LE base (the earliest), then offsets from it as u32 or f64. */
export function encodeTimes(times: Float64Array, count: number, low: number, high: number): Uint8Array {
  const width = high - low < 2 ** 32 ? 4 : 8;
  const offsets = width === 4 ? new Uint32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) offsets[i] = (times[i] as number) - low;
  const out = new Uint8Array(9 + offsets.byteLength);
  out[0] = width;
  new DataView(out.buffer).setFloat64(1, low, true);
  out.set(new Uint8Array(offsets.buffer), 9);
  return out;
}

/** Reads what {@link encodeTimes} wrote. @throws DamagedChunk */
export function decodeTimes(bytes: Uint8Array, count: number): Times {
  const width = bytes[0];
  sound((width === 4 || width === 8) && bytes.length === 9 + width * count, 'times');
  const base = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat64(1, true);
  const data = new Uint8Array(bytes.subarray(9)); // a copy, so that words are aligned
  const offsets =
    width === 4
      ? new Uint32Array(data.buffer, data.byteOffset, count)
      : new Float64Array(data.buffer, data.byteOffset, count);
  return { base, offsets };
}
