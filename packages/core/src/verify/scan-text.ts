/**
 * Reading canonical text byte by byte. Each function takes the place where something begins and returns the place
 * behind it, or -1 when it is not there; it passes a -1 on, so that steps can follow each other unasked. Nothing
 * looks at the end of the text: who reads it compares the last place with it.
 *
 * @module
 */

const KEY = 1;
const NAME = 2;
const B64 = 4;
const LAST_OF_16 = 8;
const LAST_OF_32 = 16;
const LOWER = 32;
const ALNUM = 64;
const HEX = 128;

const CLASS = new Uint8Array(256);
mark('abcdefghijklmnopqrstuvwxyz', LOWER | ALNUM | KEY | NAME | B64);
mark('0123456789', ALNUM | KEY | NAME | B64);
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZ_', B64);
mark('-', KEY | NAME | B64);
mark('._', NAME);
mark('AQgw', LAST_OF_16);
mark('AEIMQUYcgkosw048', LAST_OF_32);
mark('0123456789abcdef', HEX);

function mark(characters: string, bits: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    CLASS[code] = (CLASS[code] ?? 0) | bits;
  }
}

/** Bytes to read from. */
export type Bytes = Uint8Array;

/** A constant text, as bytes. */
export function constant(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function is(bytes: Bytes, at: number, bits: number): boolean {
  return ((CLASS[bytes[at] ?? 0] ?? 0) & bits) !== 0;
}

/** This very text. */
export function literal(bytes: Bytes, at: number, text: Bytes): number {
  if (at < 0) return -1;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return -1;
  return at + text.length;
}

/** One of a few texts, of which none begins another. */
export function oneOf(bytes: Bytes, at: number, texts: readonly Bytes[]): number {
  if (at < 0) return -1;
  for (const text of texts) {
    const next = literal(bytes, at, text);
    if (next >= 0) return next;
  }
  return -1;
}

/** A register key. */
export function key(bytes: Bytes, at: number): number {
  return at < 0 || !is(bytes, at, LOWER) ? -1 : rest(bytes, at, KEY);
}

/** A caller's own name. */
export function name(bytes: Bytes, at: number): number {
  return at < 0 || !is(bytes, at, ALNUM) ? -1 : rest(bytes, at, NAME);
}

const MOST_NAME = 64;

function rest(bytes: Bytes, from: number, bits: number): number {
  let at = from + 1;
  while (is(bytes, at, bits)) at++;
  return at - from > MOST_NAME ? -1 : at;
}

/** base64url of 16 bytes. */
export function b64Of16(bytes: Bytes, at: number): number {
  return base64url(bytes, at, 22, LAST_OF_16);
}

/** base64url of 32 bytes. */
export function b64Of32(bytes: Bytes, at: number): number {
  return base64url(bytes, at, 43, LAST_OF_32);
}

function base64url(bytes: Bytes, at: number, length: number, last: number): number {
  if (at < 0) return -1;
  let bits = B64;
  for (let i = at; i < at + length; i++) bits &= CLASS[bytes[i] ?? 0] ?? 0;
  return bits !== 0 && is(bytes, at + length - 1, last) ? at + length : -1;
}

/** A sealed box: base64url of 40 bytes and a ciphertext of a multiple of 64 (format v1 §4). */
export function box(bytes: Bytes, from: number): number {
  if (from < 0) return -1;
  let at = from;
  while (is(bytes, at, B64)) at++;
  const spare = (at - from) % 4;
  if (spare === 1 || (spare === 2 && !is(bytes, at - 1, LAST_OF_16))) return -1;
  if (spare === 3 && !is(bytes, at - 1, LAST_OF_32)) return -1;
  const size = Math.floor(((at - from) * 3) / 4);
  return size >= 104 && (size - 40) % 64 === 0 ? at : -1;
}

/** A UUID of version 7 or 8 in lower case. */
export function uuid(bytes: Bytes, at: number): number {
  if (at < 0) return -1;
  const version = bytes[at + 14];
  const variant = bytes[at + 19];
  if (version !== 0x37 && version !== 0x38) return -1;
  if (variant !== 0x38 && variant !== 0x39 && variant !== 0x61 && variant !== 0x62) return -1;
  const hex =
    hexDigits(bytes, at, 8) &
    hexDigits(bytes, at + 9, 4) &
    hexDigits(bytes, at + 14, 4) &
    hexDigits(bytes, at + 19, 4) &
    hexDigits(bytes, at + 24, 12);
  const dashes =
    bytes[at + 8] === 45 && bytes[at + 13] === 45 && bytes[at + 18] === 45 && bytes[at + 23] === 45;
  return hex !== 0 && dashes ? at + 36 : -1;
}

function hexDigits(bytes: Bytes, at: number, count: number): number {
  let bits = HEX;
  for (let i = at; i < at + count; i++) bits &= CLASS[bytes[i] ?? 0] ?? 0;
  return bits;
}

/** What {@link uuid} found, as 16 bytes in `into`. */
export function uuidBytes(bytes: Bytes, from: number, into: Uint8Array, place: number): void {
  let at = from;
  for (let i = 0; i < 16; i++) {
    if (bytes[at] === 45) at++;
    into[place + i] = (nibble(bytes[at] ?? 0) << 4) | nibble(bytes[at + 1] ?? 0);
    at += 2;
  }
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

const MOST_DIGITS = 16;

/** A whole number from 0, of at most 16 digits. */
export function number(bytes: Bytes, from: number): number {
  if (from < 0) return -1;
  if (bytes[from] === 48) return from + 1;
  let at = from;
  while (digit(bytes, at) < 10) at++;
  return at === from || at - from > MOST_DIGITS ? -1 : at;
}

/** A whole number from 1, of at most 16 digits. */
export function positive(bytes: Bytes, at: number): number {
  return at < 0 || bytes[at] === 48 ? -1 : number(bytes, at);
}

/** The value of the digits from `from` to `to`; no safe integer when they say none. */
export function valueOf(bytes: Bytes, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + digit(bytes, at);
  return value;
}

/** 0 to 9, or more for what is no digit. */
function digit(bytes: Bytes, at: number): number {
  return ((bytes[at] ?? 0) - 48) >>> 0;
}
