import { b64, concat, hmac, same, sha256, toHex, uint32, unb64, utf8 } from './bytes.ts';
import { canonical } from './json.ts';

export interface Person {
  readonly type: string;
  readonly id: string;
}

export interface Handle extends Person {
  /** 16 bytes. */
  readonly number: Uint8Array;
  /** 32 bytes. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface MentionText {
  readonly ptr: string;
  readonly ref: string;
}

export function isPerson({ type, id }: Person): boolean {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(type)) return false;
  try {
    const { length } = utf8(id);
    return length >= 1 && length <= 256 && !id.includes('\0');
  } catch {
    return false;
  }
}

/** SHA-256("zegel/mention/v1\0" ‖ salt ‖ entry id ‖ position). */
export function openingOf(salt: Uint8Array, entryId: Uint8Array, position: number): Uint8Array {
  return sha256(utf8('zegel/mention/v1\0'), salt, entryId, uint32(position));
}

/** b64 SHA-256("zegel/ref/v1\0" ‖ opening ‖ type ‖ "\0" ‖ id). */
export function refOf(opening: Uint8Array, { type, id }: Person): string {
  return b64(sha256(utf8('zegel/ref/v1\0'), opening, utf8(type), Uint8Array.of(0), utf8(id)));
}

/** number XOR the first 16 bytes of SHA-256("zegel/ptr/v1\0" ‖ pointer key ‖ entry id ‖ position). */
export function maskNumber(
  number: Uint8Array,
  pointerKey: Uint8Array,
  entryId: Uint8Array,
  position: number,
): Uint8Array {
  const mask = sha256(utf8('zegel/ptr/v1\0'), pointerKey, entryId, uint32(position));
  return number.map((byte, i) => byte ^ (mask[i] ?? 0));
}

export function mentionOf(
  handle: Handle,
  pointerKey: Uint8Array,
  entryId: Uint8Array,
  position: number,
): MentionText {
  return {
    ptr: b64(maskNumber(handle.number, pointerKey, entryId, position)),
    ref: refOf(openingOf(handle.salt, entryId, position), handle),
  };
}

/** The handle number a pointer leads to. */
export function numberOf(
  ptr: string,
  pointerKey: Uint8Array,
  entryId: Uint8Array,
  position: number,
): Uint8Array {
  return maskNumber(unb64(ptr), pointerKey, entryId, position);
}

/** Whether (opening, type, id) proves whom a mention stands for. */
export function isMention(ref: string, opening: Uint8Array, person: Person): boolean {
  return opening.length === 32 && isPerson(person) && same(utf8(refOf(opening, person)), utf8(ref));
}

/** What a person's handles are found by: HMAC-SHA-256(lookup key, JCS([type, id])). */
export function tokenOf(lookupKey: Uint8Array, { type, id }: Person): Uint8Array {
  return hmac(lookupKey, utf8(canonical([type, id])));
}

/** UUIDv8 of a caller's id: HMAC-SHA-256(id key, JCS([source, id])), its first 16 bytes, version and variant. */
export function namedId(idKey: Uint8Array, source: string, id: string): Uint8Array {
  return marked(hmac(idKey, utf8(canonical([source, id]))).slice(0, 16), 8);
}

/** UUIDv7: 48 bits of milliseconds, then 10 random bytes under version and variant. */
export function timedId(ms: number, random: Uint8Array): Uint8Array {
  const time = ms.toString(16).padStart(12, '0');
  const bytes = Array.from({ length: 6 }, (_, i) => Number.parseInt(time.slice(2 * i, 2 * i + 2), 16));
  return marked(concat(Uint8Array.from(bytes), random), 7);
}

function marked(bytes: Uint8Array, version: number): Uint8Array {
  return bytes.map((byte, i) => (i === 6 ? version * 16 + (byte % 16) : i === 8 ? 128 + (byte % 64) : byte));
}

export function uuidText(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
