/**
 * The slow twin of the format's implementation: written from `docs/spec/format-v1.md`, sharing no
 * line with the packages. It makes the conformance vectors and is compared with the packages on
 * random input. Nothing here is fast, nothing is clever, nothing is for use.
 *
 * @module
 */
import { createHash, createHmac } from 'node:crypto';

/** Something that is not in its one form. */
export class NotInForm extends Error {
  override readonly name = 'NotInForm';
}

export function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

export function sha256(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(concat(...pieces))
      .digest(),
  );
}

export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest());
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return toHex(a) === toHex(b);
}

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new NotInForm('not hex');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/** A number as four bytes, most significant first. */
export function uint32(n: number): Uint8Array {
  return Uint8Array.of((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_ALPHABET = `${LETTERS}-_`;
const STANDARD_ALPHABET = `${LETTERS}+/`;

/** base64url without padding: the "b64" of the format. */
export function b64(bytes: Uint8Array): string {
  return encode(bytes, URL_ALPHABET);
}

/** Strict: decode, encode again, compare. */
export function unb64(text: string): Uint8Array {
  const bytes = decode(text, URL_ALPHABET);
  if (b64(bytes) !== text) throw new NotInForm('not base64url in its one form');
  return bytes;
}

/** Base64 with padding, as notes have it. */
export function base64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD_ALPHABET);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Strict: decode, encode again, compare. */
export function unbase64(text: string): Uint8Array {
  const bytes = decode(text.replace(/={1,2}$/, ''), STANDARD_ALPHABET);
  if (base64(bytes) !== text) throw new NotInForm('not base64 in its one form');
  return bytes;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  let text = '';
  for (let at = 0; at < bits.length; at += 6) {
    text += alphabet[Number.parseInt(bits.slice(at, at + 6).padEnd(6, '0'), 2)];
  }
  return text;
}

function decode(text: string, alphabet: string): Uint8Array {
  let bits = '';
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new NotInForm('not in the alphabet');
    bits += value.toString(2).padStart(6, '0');
  }
  const length = Math.floor(bits.length / 8);
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2));
}

export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const symbol of text) {
    const point = symbol.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) throw new NotInForm('a lone surrogate');
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return Uint8Array.from(bytes);
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** Strict UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF, no byte order mark taken off. */
export function unUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
    if (point > 0x10ffff) throw new NotInForm('beyond Unicode');
    const symbol = String.fromCodePoint(point);
    const again = utf8(symbol);
    for (let i = 0; i < length; i++) if (again[i] !== bytes[at + i]) throw new NotInForm('not UTF-8');
    text += symbol;
    at += length;
  }
  return text;
}
