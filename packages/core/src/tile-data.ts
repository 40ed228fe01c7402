import { FormatError } from './format-error.ts';
import { HASH_BYTES } from './merkle/hash.ts';
import { TILE_WIDTH } from './tile.ts';

/** Longest entry that fits a bundle: its length has 16 bits (C2SP tlog-tiles). */
export const MAX_BUNDLE_ENTRY_BYTES = 0xffff;

/** The bytes of a tile: its hashes, 32 bytes each, one after the other. @throws FormatError BAD_TILE */
export function formatTile(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.some(({ length }) => length !== HASH_BYTES)) throw bad('a hash has 32 bytes');
  checkWidth(hashes.length);
  return joined(hashes);
}

/** The hashes of a tile, as views of its bytes; their number is the tile's width. @throws FormatError BAD_TILE */
export function parseTile(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length % HASH_BYTES !== 0) throw bad('a tile holds hashes of 32 bytes');
  const width = bytes.length / HASH_BYTES;
  checkWidth(width);
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** The bytes of an entry bundle: each entry after its length in 16 bits, big-endian. @throws FormatError BAD_TILE */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.some(({ length }) => length > MAX_BUNDLE_ENTRY_BYTES))
    throw bad('an entry is over 65,535 bytes');
  checkWidth(entries.length);
  return joined(
    entries.flatMap((entry) => [Uint8Array.of(Math.floor(entry.length / 256), entry.length % 256), entry]),
  );
}

/** The entries of a bundle, as views of its bytes; their number is the bundle's width. @throws FormatError BAD_TILE */
export function parseBundle(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 2;
    if (start > bytes.length) throw bad('half a length at the end');
    at = start + view.getUint16(start - 2);
    if (at > bytes.length) throw bad('an entry is cut off');
    entries.push(bytes.subarray(start, at));
    if (entries.length > TILE_WIDTH) break;
  }
  checkWidth(entries.length);
  return entries;
}

function checkWidth(width: number): void {
  if (width < 1 || width > TILE_WIDTH) throw bad('a tile or bundle has from 1 to 256 members');
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bad(message: string): FormatError {
  return new FormatError('BAD_TILE', message);
}
