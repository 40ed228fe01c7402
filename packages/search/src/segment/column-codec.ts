import type { ColumnPlaces } from './column-places.ts';
import { sound } from './damaged.ts';
import { isZero, padded, wordsAt } from './words.ts';

/** A column read for counting: per position a place in `values`; `local` is undefined when there is one value only. */
export interface Column {
  readonly values: ArrayLike<number>;
  readonly local: Uint8Array | Uint16Array | Uint32Array | undefined;
}

/**
 * Encodes a column of numbers: u32 LE width (0, 1 or 2), u32 LE count of distinct values, these ascending as u32 LE, padding to 8 bytes, then
 * per position a place in that list in `width` bytes.
 */
export function encodeColumn({ values, places }: ColumnPlaces): Uint8Array {
  const width = values.length <= 1 ? 0 : values.length <= 256 ? 1 : 2;
  const head = padded(8 + 4 * values.length);
  const out = new Uint8Array(head + width * places.length);
  const view = new DataView(out.buffer);
  out[0] = width;
  view.setUint32(4, values.length, true);
  values.forEach((value, place) => view.setUint32(8 + 4 * place, value, true));
  // Little-endian, as every platform is that Node supports in earnest; of one byte the upper is none.
  if (width === 1) out.set(places, head);
  else if (width === 2) new Uint16Array(out.buffer, head).set(places);
  return out;
}

/** Reads what {@link encodeColumn} wrote. @throws DamagedChunk */
export function decodeColumn(bytes: Uint8Array, count: number): Column {
  sound(bytes.length >= 8, 'column');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = view.getUint32(0, true);
  const distinct = view.getUint32(4, true);
  const head = padded(8 + 4 * distinct);
  sound(width <= 2 && distinct >= 1 && distinct <= 65_536 && bytes.length === head + width * count, 'column');
  sound(isZero(bytes, 8 + 4 * distinct, head) && width > 0 === distinct > 1, 'column head');
  const values = Array.from({ length: distinct }, (_, i) => view.getUint32(8 + 4 * i, true));
  return { values, local: width === 0 ? undefined : wordsAt(bytes, head, width, count) };
}

/** The value at a position. */
export function columnAt(column: Column, position: number): number {
  const place = column.local === undefined ? 0 : (column.local[position] as number);
  const value = column.values[place];
  sound(value !== undefined, 'column value');
  return value;
}
