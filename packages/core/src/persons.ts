import { hmacSha256, sha256Base64url, sha256Latin1 } from './crypto.ts';
import { assert } from './errors.ts';
import { encodeUtf8 } from './utf8.ts';

// One buffer per hash input, its constant head written once: hashing copies before it returns and nothing here awaits.
const MENTION = Buffer.from('zegel/mention/v1\0');
const openingInput = Buffer.alloc(MENTION.length + 32 + 16 + 4);
openingInput.set(MENTION);

const REF = Buffer.from('zegel/ref/v1\0');
const MAX_PERSON_BYTES = 32 + 1 + 256;
const refInput = Buffer.alloc(REF.length + 32 + MAX_PERSON_BYTES);
refInput.set(REF);

const PTR = Buffer.from('zegel/ptr/v1\0');
const ptrInput = Buffer.alloc(PTR.length + 32 + 16 + 4);
ptrInput.set(PTR);
const pointer = Buffer.alloc(16);
const masked = Buffer.alloc(24);

const TYPE = /^[a-z][a-z0-9-]{0,31}$/;

/** Whether `type` may be a type of person (format v1 §3). */
export function isPersonType(type: string): boolean {
  return TYPE.test(type);
}

/** Whether `id` may be a person's id: 1 to 256 bytes of UTF-8 without NUL, taken as it is (format v1 §3). */
export function isPersonId(id: string): boolean {
  return (
    id !== '' && id.length <= 256 && !id.includes('\0') && id.isWellFormed() && Buffer.byteLength(id) <= 256
  );
}

/**
 * The opening of one mention (format v1 §3), 32 bytes as a latin1 string: what proves whom the
 * mention stands for, together with type and id.
 *
 * @param salt 32 bytes, the handle's
 * @param entryId 16 bytes
 * @param position over all parts of the event: actor 0, onBehalfOf 1, subjects from 2
 */
export function mentionOpening(salt: Uint8Array, entryId: Uint8Array, position: number): string {
  assert(salt.length === 32 && entryId.length === 16, 'a salt has 32 bytes, an entry id 16');
  openingInput.set(salt, MENTION.length);
  openingInput.set(entryId, MENTION.length + 32);
  openingInput.writeUInt32BE(position, MENTION.length + 48);
  return sha256Latin1(openingInput);
}

/** `ref` of a mention (format v1 §3): base64url, 43 characters. Type and id must be valid. */
export function mentionRef(opening: string, type: string, id: string): string {
  assert(opening.length === 32, 'an opening has 32 bytes');
  refInput.write(opening, REF.length, 'latin1');
  const person = `${type}\0${id}`;
  assert(person.length <= MAX_PERSON_BYTES, 'a type has at most 32 bytes, an id 256');
  const at = REF.length + 32;
  const end = at + refInput.write(person, at, 'utf8');
  return sha256Base64url(refInput.subarray(0, end));
}

/** Whether the mention `ref` stands for this person under this opening (latin1). False for invalid input. */
export function checkMention(claim: {
  readonly opening: string;
  readonly ref: string;
  readonly type: string;
  readonly id: string;
}): boolean {
  const { opening, ref, type, id } = claim;
  if (opening.length !== 32 || !isPersonType(type) || !isPersonId(id)) return false;
  return mentionRef(opening, type, id) === ref;
}

/**
 * `ptr` of a mention (format v1 §3; `position` as uint32 BE): base64url, 22 characters.
 *
 * @param number 16 bytes, the handle's
 * @param pointerKey 32 bytes, the vault's
 */
export function mentionPtr(
  number: Uint8Array,
  pointerKey: Uint8Array,
  entryId: Uint8Array,
  position: number,
): string {
  assert(number.length === 16, 'a handle number has 16 bytes');
  const mask = pointerMask(pointerKey, entryId, position);
  for (let i = 0; i < 16; i++) pointer[i] = (number[i] ?? 0) ^ mask.charCodeAt(i);
  return pointer.toString('base64url');
}

/** The handle number (16 bytes) that a `ptr` of the form checked by the entry's schema leads to. */
export function openPtr(
  ptr: string,
  pointerKey: Uint8Array,
  entryId: Uint8Array,
  position: number,
): Uint8Array {
  // With room for more, so that one that is too long shows.
  assert(masked.write(ptr, 'base64url') === 16, 'a ptr has 16 bytes');
  const mask = pointerMask(pointerKey, entryId, position);
  const number = new Uint8Array(16);
  for (let i = 0; i < 16; i++) number[i] = (masked[i] as number) ^ mask.charCodeAt(i);
  return number;
}

function pointerMask(pointerKey: Uint8Array, entryId: Uint8Array, position: number): string {
  assert(pointerKey.length === 32 && entryId.length === 16, 'a pointer key has 32 bytes, an entry id 16');
  ptrInput.set(pointerKey, PTR.length);
  ptrInput.set(entryId, PTR.length + 32);
  ptrInput.writeUInt32BE(position, PTR.length + 48);
  return sha256Latin1(ptrInput);
}

/**
 * What finds a person in vault and index (format v1 §3): HMAC-SHA-256(lookup key, JCS([type, id])), 32
 * bytes. For two well-formed strings JSON.stringify writes what RFC 8785 does.
 */
export function personToken(lookupKey: Uint8Array, type: string, id: string): Uint8Array {
  return hmacSha256(lookupKey, encodeUtf8(JSON.stringify([type, id])));
}
