import { constants, zstdCompressSync } from 'node:zlib';
import { assert, CompactRange, encodeUtf8, HASH_BYTES, leafHash, type Signer, signNote } from '@zegel/core';
import { formatPlain, type Rows } from './plain.ts';
import { ID_BYTES, MAX_SEGMENT_ENTRIES, NONCE_BYTES, type Segment, SEGMENT_MAGIC } from './segment.ts';
import { formatClaim } from './segment-note.ts';

/** What a segment is made of. */
export interface SegmentParts {
  /** Also the signer's name. */
  readonly origin: string;
  /** Index of the first entry. */
  readonly first: number;
  /** Leaf hash of entry `first - 1`, 32 bytes; `originPrev(origin)` for entry 0. */
  readonly prev: Uint8Array;
  /** 1 to 65,536 entries of 1 to 65,535 bytes; undefined is a body that was pruned elsewhere. */
  readonly entries: readonly (Uint8Array | undefined)[];
  /** 32 bytes per entry; computed when left out, which needs every body. */
  readonly leafHashes?: Uint8Array;
  /** 16 bytes per entry. */
  readonly ids: Uint8Array;
  readonly parts: readonly number[];
  readonly signer: Signer;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
}

// The higher levels cost several times the time for a twentieth less space.
const LEVEL = 1;
const LEAST_WINDOW = 10;
const MOST_WINDOW = 23;
// Room beyond the known length, so that the coder ends in its first buffer.
const SLACK = 1024;

/** Signs entries and packs them: the bytes of one segment object (format v1 §6). */
export function encodeSegment(parts: SegmentParts): Uint8Array {
  const { origin, first, prev, entries, signer, nonce } = parts;
  const leafHashes = parts.leafHashes ?? hashesOf(entries);
  const range = CompactRange.empty();
  range.appendAll(leafHashes);
  const text = formatClaim({ origin, first, count: entries.length, prev, root: range.root() });
  const note = signNote(text, [signer]);
  return packSegment({ note, entries, leafHashes, ids: parts.ids, parts: parts.parts }, nonce);
}

/** The same segment, same note, without the bodies that `isPruned` names by their index in the log. */
export function encodePruned(
  segment: Segment,
  isPruned: (index: number) => boolean,
  nonce: Uint8Array,
): Uint8Array {
  const { first } = segment;
  const entries = segment.entries.map((entry, n) => (isPruned(first + n) ? undefined : entry));
  return packSegment({ ...segment, entries }, nonce);
}

function packSegment({ note, ...rows }: Rows & { readonly note: string }, nonce: Uint8Array): Uint8Array {
  checkRows(rows);
  assert(nonce.length === NONCE_BYTES, 'a nonce has 16 bytes');
  const plain = formatPlain(rows);
  const signed = encodeUtf8(note);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(signed.length, 0);
  lengths.writeUInt32BE(plain.length, 4);
  const [ofNote, ofPlain] = [lengths.subarray(0, 4), lengths.subarray(4)];
  return Buffer.concat([SEGMENT_MAGIC, nonce, ofNote, signed, ofPlain, packed(plain)]);
}

function checkRows({ entries, leafHashes, ids, parts }: Rows): void {
  const count = entries.length;
  assert(count > 0 && count <= MAX_SEGMENT_ENTRIES, 'a segment has 1 to 65,536 entries');
  assert(leafHashes.length === count * HASH_BYTES, 'a segment has a leaf hash per entry');
  assert(
    ids.length === count * ID_BYTES && parts.length === count,
    'a segment has an id and a part per entry',
  );
}

function packed(plain: Uint8Array): Uint8Array {
  const window = Math.ceil(Math.log2(plain.length));
  const params = {
    [constants.ZSTD_c_compressionLevel]: LEVEL,
    // As large as the plain and no larger: setting up a larger window costs more than coding.
    [constants.ZSTD_c_windowLog]: Math.min(Math.max(LEAST_WINDOW, window), MOST_WINDOW),
  };
  return zstdCompressSync(plain, { params, pledgedSrcSize: plain.length, chunkSize: plain.length + SLACK });
}

function hashesOf(entries: readonly (Uint8Array | undefined)[]): Uint8Array {
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  for (const [n, entry] of entries.entries()) {
    assert(entry !== undefined, 'the hash of a body that is gone is given');
    hashes.set(leafHash(entry), n * HASH_BYTES);
  }
  return hashes;
}
