import { zstdDecompressSync } from 'node:zlib';
import {
  CompactRange,
  equalBytes,
  MAX_NOTE_LENGTH,
  type Note,
  NoteError,
  openNote,
  parseNote,
  type Verifier,
} from '@zegel/core';
import { parsePlain, plainLimit } from './plain.ts';
import { NONCE_BYTES, type Segment, SEGMENT_MAGIC, type SegmentProblem, segmentProblem } from './segment.ts';
import { parseClaim, type SegmentClaim } from './segment-note.ts';

/** Whose segments are believed. */
export interface SegmentTrust {
  readonly origin: string;
  /** Keys of which at least one has signed. */
  readonly verifiers: readonly Verifier[];
}

const NOTE_AT = SEGMENT_MAGIC.length + NONCE_BYTES + 4;
const LEAST_PLAIN = 4;
const SLACK = 1024;

/**
 * Reads a segment object that is not to be trusted: a known key has signed it, and every hash adds up.
 * Nothing is unpacked before that signature. Never throws on bytes.
 */
export function decodeSegment(bytes: Uint8Array, trust: SegmentTrust): Segment | SegmentProblem {
  return decode(bytes, (note, { origin }) => trustProblem(note, origin, trust));
}

function trustProblem(note: Note, origin: string, trust: SegmentTrust): string | undefined {
  if (origin !== trust.origin) return `it is of the log "${origin}"`;
  return signatureProblem(note, trust.verifiers);
}

/**
 * Reads a segment without asking who signed it, for whoever has to learn origin and key from entry 0 first. Its
 * hashes add up, which anyone's would: not to be believed before {@link decodeSegment} has had it.
 */
export function decodeUnverified(bytes: Uint8Array): Segment | SegmentProblem {
  return decode(bytes, () => undefined);
}

/** What is wrong with the note at the beginning of a segment, of which the rest need not be there. */
export function claimProblem(bytes: Uint8Array, trust: SegmentTrust): SegmentProblem | undefined {
  const read = head(bytes, (note, { origin }) => trustProblem(note, origin, trust));
  return 'kind' in read ? read : undefined;
}

function signatureProblem(note: Note, verifiers: readonly Verifier[]): string | undefined {
  try {
    openNote(note, verifiers);
    return undefined;
  } catch (cause) {
    if (cause instanceof NoteError) return cause.message;
    throw cause;
  }
}

type Check = (note: Note, claim: SegmentClaim) => string | undefined;

interface Head {
  readonly claim: SegmentClaim;
  readonly noteEnd: number;
}

function head(bytes: Uint8Array, check: Check): Head | SegmentProblem {
  const object = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (object.length < NOTE_AT || !equalBytes(object.subarray(0, SEGMENT_MAGIC.length), SEGMENT_MAGIC))
    return segmentProblem('it is not a segment');
  const noteEnd = NOTE_AT + object.readUInt32BE(NOTE_AT - 4);
  if (noteEnd - NOTE_AT > MAX_NOTE_LENGTH || noteEnd + 4 > object.length)
    return segmentProblem('it ends too early');
  const signed = noteOf(object.subarray(NOTE_AT, noteEnd));
  if (signed === undefined) return segmentProblem('its note is not one of a segment');
  const problem = check(signed.note, signed.claim);
  return problem === undefined ? { claim: signed.claim, noteEnd } : segmentProblem(problem);
}

function decode(bytes: Uint8Array, check: Check): Segment | SegmentProblem {
  const begin = head(bytes, check);
  if ('kind' in begin) return begin;
  const { claim, noteEnd } = begin;
  const object = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = unpacked(object.subarray(noteEnd), claim.count);
  if (!(plain instanceof Uint8Array)) return plain;
  return segmentOf(plain, object.toString('utf8', NOTE_AT, noteEnd), claim);
}

function noteOf(bytes: Buffer): { readonly note: Note; readonly claim: SegmentClaim } | undefined {
  try {
    const note = parseNote(bytes);
    const claim = parseClaim(note.text);
    return claim === undefined ? undefined : { note, claim };
  } catch (cause) {
    if (cause instanceof NoteError) return undefined;
    throw cause;
  }
}

/** What stands behind the note: a length, held to what the entries can take, and zstd that may not go beyond it. */
function unpacked(rest: Buffer, count: number): Buffer | SegmentProblem {
  const size = rest.readUInt32BE(0);
  if (size < LEAST_PLAIN || size > plainLimit(count)) return segmentProblem('its length is impossible');
  try {
    const plain = zstdDecompressSync(rest.subarray(4), {
      maxOutputLength: size,
      chunkSize: Math.min(size, 2 ** 24) + SLACK,
    });
    return plain.length === size ? plain : segmentProblem('it unpacks to another length');
  } catch {
    return segmentProblem('it does not unpack');
  }
}

function segmentOf(plain: Buffer, note: string, claim: SegmentClaim): Segment | SegmentProblem {
  const rows = parsePlain(plain, claim.count);
  if ('kind' in rows) return rows;
  const range = CompactRange.empty();
  range.appendAll(rows.leafHashes);
  if (!equalBytes(range.root(), claim.root))
    return segmentProblem('its entries are not those that were signed');
  return { kind: 'segment', note, ...claim, ...rows };
}
