import { assert, parseNote } from '@zegel/core';
import { NONCE_BYTES, SEGMENT_MAGIC } from './segment.ts';
import { parseClaim, type SegmentClaim } from './segment-note.ts';

const LENGTH_AT = SEGMENT_MAGIC.length + NONCE_BYTES;

/** What the note of a segment of our own making says. */
export function claimIn(bytes: Uint8Array): SegmentClaim {
  const noteAt = LENGTH_AT + 4;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(LENGTH_AT);
  const claim = parseClaim(parseNote(bytes.subarray(noteAt, noteAt + length)).text);
  assert(claim !== undefined, 'a segment just made has a note');
  return claim;
}

/** What an object's beginning says of itself, signed or not; undefined where it is no segment's. */
export function claimOf(bytes: Uint8Array | undefined): SegmentClaim | undefined {
  try {
    return bytes === undefined ? undefined : claimIn(bytes);
  } catch {
    return undefined; // garbage says nothing
  }
}
