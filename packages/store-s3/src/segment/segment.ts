/** First bytes of a segment object. */
export const SEGMENT_MAGIC: Uint8Array = new TextEncoder().encode('ZSEG1\n');

/** Bytes of the random nonce, which tells two objects with one content apart by their ETag. */
export const NONCE_BYTES = 16;

/** Most entries of one segment. */
export const MAX_SEGMENT_ENTRIES = 65_536;

/** Most bytes that the entries of one segment unpack to. */
export const MAX_PLAIN_BYTES: number = 2 ** 28;

/** Larger objects are no segments and are not fetched. */
export const MAX_SEGMENT_BYTES: number = MAX_PLAIN_BYTES + 2 ** 21;

/** Most bytes of an entry: its length is a uint16 (format v1 §1). */
export const MAX_ENTRY = 65_535;

/** Bytes of an entry's UUID. */
export const ID_BYTES = 16;

/** Bit of the plain's first byte: a table of ids and parts follows. */
export const FLAG_TABLE = 1;

/** Entries of one commit, as their object holds them (format v1 §6). Byte arrays are views of few buffers. */
export interface Segment {
  readonly kind: 'segment';
  readonly origin: string;
  /** Index of the first entry. */
  readonly first: number;
  readonly count: number;
  /** Leaf hash of entry `first - 1`, that of the origin for entry 0 (format v1 §1 `prev`). 32 bytes. */
  readonly prev: Uint8Array;
  /** Root of the tree of this segment's leaf hashes alone (RFC 6962 §2.1). 32 bytes. */
  readonly root: Uint8Array;
  /** The signed note. */
  readonly note: string;
  /** Bodies, undefined where pruned. */
  readonly entries: readonly (Uint8Array | undefined)[];
  /** 32 bytes each. */
  readonly leafHashes: Uint8Array;
  /**
   * 16 bytes each. Read from the body where it is one of a log; else (pruned, or no entry of a log) as
   * whoever wrote the object says, for no hash covers it then. Likewise `parts`.
   */
  readonly ids: Uint8Array;
  readonly parts: readonly number[];
}

/** Why bytes are not a segment that may be believed. */
export interface SegmentProblem {
  readonly kind: 'problem';
  readonly reason: string;
}

/** A {@link SegmentProblem} of this reason. */
export function segmentProblem(reason: string): SegmentProblem {
  return { kind: 'problem', reason };
}
