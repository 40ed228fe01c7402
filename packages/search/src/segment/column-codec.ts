import { sound } from './damaged.ts';

/** A column read for counting: per position a place in `values`; `local` is undefined when there is one value only. */
export interface Column {
  readonly values: ArrayLike<number>;
  readonly local: Uint8Array | Uint16Array | undefined;
}

/**
 * Encodes a column of numbers: u8 width (0, 1 or 2), u32 LE count of distinct values, these ascending as u32 LE, then
 * per position a place in that list in `width` bytes.
 */
export function encodeColumn(column: Int32Array, count: number): Uint8Array {
  const values = Uint32Array.from(new Set(column.subarray(0, count))).sort();
  const width = values.length <= 1 ? 0 : values.length <= 256 ? 1 : 2;
  const head = 5 + 4 * values.length;
  const out = new Uint8Array(head + width * count);
  const view = new DataView(out.buffer);
  out[0] = width;
  view.setUint32(1, values.length, true);
  const places = new Map<number, number>();
  values.forEach((value, place) => {
    view.setUint32(5 + 4 * place, value, true);
    places.set(value, place);
  });
  if (width > 0) writePlaces(out, head, width, column, count, places);
  return out;
}

function writePlaces(
  out: Uint8Array,
  head: number,
  width: number,
  column: Int32Array,
  count: number,
  places: ReadonlyMap<number, number>,
): void {
  for (let i = 0; i < count; i++) {
    const place = places.get(column[i] as number) as number;
    const at = head + width * i;
    out[at] = place & 255;
    if (width === 2) out[at + 1] = place >>> 8;
  }
}

/** Reads what {@link encodeColumn} wrote. @throws DamagedChunk */
export function decodeColumn(bytes: Uint8Array, count: number): Column {
  sound(bytes.length >= 5, 'column');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const width = bytes[0] as number;
  const distinct = view.getUint32(1, true);
  const head = 5 + 4 * distinct;
  sound(width <= 2 && distinct >= 1 && distinct <= 65_536 && bytes.length === head + width * count, 'column');
  const values = Array.from({ length: distinct }, (_, i) => view.getUint32(5 + 4 * i, true));
  if (width === 0) {
    sound(distinct === 1, 'column');
    return { values, local: undefined };
  }
  const data = new Uint8Array(bytes.subarray(head)); // a copy, so that words are aligned
  return { values, local: width === 1 ? data : new Uint16Array(data.buffer, data.byteOffset, count) };
}

/** The value at a position. */
export function columnAt(column: Column, position: number): number {
  const place = column.local === undefined ? 0 : (column.local[position] as number);
  const value = column.values[place];
  sound(value !== undefined, 'column value');
  return value;
}
