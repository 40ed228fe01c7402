import {
  decodeBase64,
  decodeBase64url,
  encodeBase64,
  encodeBase64url,
  genesisPrev,
  HASH_BYTES,
} from '@zegel/core';
import { MAX_SEGMENT_ENTRIES } from './segment.ts';

/** What the note of a segment says (format v1 §6). */
export interface SegmentClaim {
  readonly origin: string;
  readonly first: number;
  readonly count: number;
  readonly prev: Uint8Array;
  readonly root: Uint8Array;
}

const HEAD = 'zegel/segment/v1';
const NUMBER = /^(?:0|[1-9]\d{0,15})$/;

/** `prev` of the first segment, 32 bytes (format v1 §1). */
export function originPrev(origin: string): Uint8Array {
  return decodeBase64url(genesisPrev(origin));
}

/** The text that is signed. */
export function formatClaim({ origin, first, count, prev, root }: SegmentClaim): string {
  return `${HEAD}\n${origin}\n${first}\n${count}\n${encodeBase64url(prev)}\n${encodeBase64(root)}\n`;
}

/** Reads exactly what {@link formatClaim} writes; undefined for anything else. */
export function parseClaim(text: string): SegmentClaim | undefined {
  const [head, origin, first, count, prev, root, rest, ...more] = text.split('\n');
  if (head !== HEAD || rest !== '' || more.length > 0) return undefined;
  if (origin === undefined || origin === '' || prev === undefined || root === undefined) return undefined;
  const claim = {
    origin,
    first: numberOf(first),
    count: numberOf(count),
    prev: hashOf(prev, decodeBase64url),
    root: hashOf(root, decodeBase64),
  };
  return isWhole(claim) ? claim : undefined;
}

function isWhole(
  claim: { readonly [K in keyof SegmentClaim]: SegmentClaim[K] | undefined },
): claim is SegmentClaim {
  const { first, count, prev, root } = claim;
  if (first === undefined || count === undefined || prev === undefined || root === undefined) return false;
  return count >= 1 && count <= MAX_SEGMENT_ENTRIES && Number.isSafeInteger(first + count);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function hashOf(text: string, decode: (text: string) => Uint8Array): Uint8Array | undefined {
  try {
    const hash = decode(text);
    return hash.length === HASH_BYTES ? hash : undefined;
  } catch {
    // The decoders throw on what is not in their one form, and only then.
    return undefined;
  }
}
