import { constants, crc32, type ZstdOptions, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { assert } from '@zegel/core';
import { DICTIONARY, DICTIONARY_LIMIT } from './dictionary.ts';

/** Most bytes of an entry: its length is a uint16 (format v1 §1). */
export const MAX_ENTRY = 65_535;

/** The body of a chunk as stored: in zstd when shorter than `size`. */
export interface ChunkBody {
  readonly size: number;
  readonly crc: number;
  readonly body: Uint8Array;
}

// Room beyond the known length, so that the coder ends in its first buffer.
const SLACK = 64;

/** Level 1: the higher ones cost several times the time for a twentieth less space. */
function packing(size: number): ZstdOptions {
  const params = {
    [constants.ZSTD_c_compressionLevel]: 1,
    // As large as the body and no larger: setting up and reading back a larger window costs more than coding.
    [constants.ZSTD_c_windowLog]: Math.max(10, Math.ceil(Math.log2(size))),
  };
  return { params, pledgedSrcSize: size, chunkSize: size + SLACK, ...history(size) };
}

function history(size: number): ZstdOptions {
  return size <= DICTIONARY_LIMIT ? { dictionary: DICTIONARY } : {};
}

/** Packs the entries of one chunk; undefined is a pruned body. */
export function packBody(entries: readonly (Uint8Array | undefined)[]): ChunkBody {
  const plain = framed(entries);
  const packed = zstdCompressSync(plain, packing(plain.length));
  const body = packed.length < plain.length ? packed : plain;
  return { size: plain.length, crc: crc32(body), body };
}

function framed(entries: readonly (Uint8Array | undefined)[]): Uint8Array {
  let size = 2 * entries.length;
  for (const entry of entries) size += entry?.length ?? 0;
  const plain = new Uint8Array(size);
  let at = 0;
  for (const entry of entries) {
    const length = entry?.length ?? 0;
    assert(
      length <= MAX_ENTRY && (entry === undefined || length > 0),
      `an entry has 1 to 65,535 bytes, not ${length}`,
    );
    plain[at] = length >>> 8;
    plain[at + 1] = length & 0xff;
    if (entry !== undefined) plain.set(entry, at + 2);
    at += 2 + length;
  }
  return plain;
}

/** What a body unpacks to: as many entries as came out, and why no more did. */
export interface Unpacked {
  readonly entries: readonly (Uint8Array | undefined)[];
  /** Set when not all entries came out, or something is wrong with what is stored. */
  readonly damage: string | undefined;
}

/**
 * Unpacks a body that is not to be trusted: never more than `size` bytes are decoded, and `size` is held
 * to what `count` entries can have. The entries are views of one buffer.
 */
export function unpackBody(stored: ChunkBody, count: number): Unpacked {
  const plain = plainOf(stored, count);
  if (typeof plain === 'string') return { entries: [], damage: plain };
  const entries = split(plain, count);
  if (typeof entries === 'string') return { entries: [], damage: entries };
  const damage = crc32(stored.body) === stored.crc ? undefined : 'the checksum of the stored body is wrong';
  return { entries, damage };
}

function plainOf({ size, body }: ChunkBody, count: number): Uint8Array | string {
  if (
    !Number.isSafeInteger(size) ||
    size < 2 * count ||
    size > (2 + MAX_ENTRY) * count ||
    body.length > size
  ) {
    return 'the length of the body is impossible';
  }
  if (body.length === size) return body;
  try {
    const plain = zstdDecompressSync(body, {
      maxOutputLength: size,
      chunkSize: size + SLACK,
      ...history(size),
    });
    // A plain Uint8Array: slicing a Buffer costs twice as much.
    return plain.length === size
      ? new Uint8Array(plain.buffer, plain.byteOffset, size)
      : 'the body unpacks to another length';
  } catch {
    return 'the body does not unpack';
  }
}

function split(plain: Uint8Array, count: number): (Uint8Array | undefined)[] | string {
  const entries: (Uint8Array | undefined)[] = [];
  let at = 0;
  while (entries.length < count && at + 2 <= plain.length) {
    const start = at + 2;
    at = start + (plain[at] ?? 0) * 256 + (plain[at + 1] ?? 0);
    entries.push(at === start ? undefined : plain.subarray(start, at));
  }
  return entries.length === count && at === plain.length ? entries : 'the lengths in the body do not add up';
}
