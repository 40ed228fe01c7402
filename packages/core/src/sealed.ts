import { decodeBase64url } from './base64url.ts';
import { aeadOpen, aeadSeal, sha256, sha256Base64url } from './crypto.ts';
import type { SealedPart } from './entry/types.ts';
import { assert } from './errors.ts';
import { FormatError } from './format-error.ts';
import { formatPlaintext, type OpenedValue, parsePlaintext, type SealedValue } from './sealed-plaintext.ts';
import { encodeUtf8 } from './utf8.ts';

const NONCE_BYTES = 24;
const PART = Buffer.from('zegel/part/v1\0');
const KEYS = Buffer.from('zegel/keys/v1\0');
const NO_BYTES = new Uint8Array(0);
let commitInput = Buffer.alloc(4096);
commitInput.set(PART);

/** Where a sealed part stands; bound to the box as additional data (format v1 §4). */
export interface PartPlace {
  readonly origin: string;
  /** UUID text of the entry. */
  readonly entryId: string;
  /** `part.number` of the entry, 0 when it is not split. */
  readonly partNumber: number;
  /** Place in the entry's `sealed`, from 0. */
  readonly position: number;
}

/** What {@link sealPart} needs. Randomness comes from the caller: `salt` 32 bytes, `nonce` 24, never used twice. */
export interface PartToSeal extends PartPlace {
  /** Purpose: `origin`, `reason`, `trace`, `change` or another register key. */
  readonly part: string;
  /** Positions of the persons the part is about, ascending. */
  readonly persons: readonly number[];
  readonly value: SealedValue;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  /** Handle keys (32 bytes) of the persons, in their order. */
  readonly keys: readonly Uint8Array[];
  /** A faster {@link aeadSeal} of the platform's. */
  readonly aead?: typeof aeadSeal;
}

/** A part that opened, or why it did not. `commitment-wrong` is the finding of that name. */
export type OpenedPart =
  | {
      readonly ok: true;
      readonly value: OpenedValue;
      readonly salt: Uint8Array;
      readonly plaintext: Uint8Array;
    }
  | {
      readonly ok: false;
      readonly reason: 'box-malformed' | 'key-wrong' | 'commitment-wrong' | 'plaintext-malformed';
    };

/**
 * Seals one part: commitment and box (format v1 §4).
 *
 * @throws SealError SEAL_TOO_LARGE, SEAL_BAD_VALUE
 */
export function sealPart(given: PartToSeal): SealedPart {
  const { part, persons, keys, nonce } = given;
  assert(nonce.length === NONCE_BYTES, 'a nonce has 24 bytes');
  assert(keys.length === persons.length, 'one key per person');
  const plaintext = formatPlaintext(given.salt, given.value);
  const seal = given.aead ?? aeadSeal;
  const sealed = seal(partKey(keys), nonce, plaintext, additionalData(given, part, persons));
  const box = Buffer.allocUnsafe(NONCE_BYTES + sealed.length);
  box.set(nonce);
  box.set(sealed, NONCE_BYTES);
  return { box: box.toString('base64url'), commit: commitment(plaintext), part, persons };
}

/**
 * Opens a part with the handle keys of its persons, in their order, and checks its commitment.
 * Never throws on a part of the form that the schema allows.
 */
export function openPart(
  given: PartPlace & { readonly sealed: SealedPart; readonly keys: readonly Uint8Array[] },
): OpenedPart {
  const { part, persons, commit, box } = given.sealed;
  const bytes = boxBytes(box);
  if (bytes.length <= NONCE_BYTES) return { ok: false, reason: 'box-malformed' };
  const [nonce, sealed] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES)];
  const plaintext = aeadOpen(partKey(given.keys), nonce, sealed, additionalData(given, part, persons));
  if (plaintext === undefined) return { ok: false, reason: 'key-wrong' };
  if (!checkCommitment(plaintext, commit)) return { ok: false, reason: 'commitment-wrong' };
  const parsed = parsePlaintext(plaintext);
  return parsed === undefined
    ? { ok: false, reason: 'plaintext-malformed' }
    : { ok: true, ...parsed, plaintext };
}

/** Commitment to a plaintext (format v1 §4): base64url of 32 bytes. */
export function commitment(plaintext: Uint8Array): string {
  const end = PART.length + plaintext.length;
  if (end > commitInput.length) {
    commitInput = Buffer.alloc(end);
    commitInput.set(PART);
  }
  commitInput.set(plaintext, PART.length);
  return sha256Base64url(commitInput.subarray(0, end));
}

/** Whether `commit` is the commitment to this plaintext: proves one disclosed part without any key. */
export function checkCommitment(plaintext: Uint8Array, commit: string): boolean {
  return commitment(plaintext) === commit;
}

/** Key of a part (format v1 §4): the one handle key, or the hash over several in order, so that each is needed. */
export function partKey(keys: readonly Uint8Array[]): Uint8Array {
  const [only] = keys;
  assert(only !== undefined && keys.every((key) => key.length === 32), 'a part has keys of 32 bytes');
  return keys.length === 1 ? only : sha256(Buffer.concat([KEYS, ...keys]));
}

// JSON.stringify writes what RFC 8785 does for well-formed strings and whole numbers, and nothing else stands here.
function additionalData(place: PartPlace, part: string, persons: readonly number[]): Uint8Array {
  return encodeUtf8(
    JSON.stringify([place.origin, place.entryId, place.partNumber, place.position, part, persons]),
  );
}

function boxBytes(box: string): Uint8Array {
  try {
    return decodeBase64url(box);
  } catch (error) {
    if (error instanceof FormatError) return NO_BYTES;
    throw error;
  }
}
