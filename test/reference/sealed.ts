import { b64, concat, sha256, toHex, unb64, unUtf8, utf8 } from './bytes.ts';
import { canonical, isObject, type Json, parseCanonicalText } from './json.ts';
import { open, seal } from './xchacha.ts';

/** Where a part stands. */
export interface Place {
  readonly origin: string;
  /** UUID text. */
  readonly entryId: string;
  /** 0 when the entry is not split. */
  readonly partNumber: number;
  /** In the entry's list, from 0. */
  readonly position: number;
}

export interface SealedText {
  readonly part: string;
  readonly persons: readonly number[];
  readonly commit: string;
  readonly box: string;
}

/** A string, or an object of such values. Strings over 8 KiB leave only their length. */
function shortened(value: Json): Json {
  if (typeof value === 'string') {
    const { length } = utf8(value);
    return length > 8192 ? { omitted: length } : value;
  }
  if (!isObject(value)) throw new Error('SEAL_BAD_VALUE');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

/** salt ‖ uint16 BE length ‖ JCS JSON ‖ zeros to a multiple of 64. */
export function plaintextOf(salt: Uint8Array, value: Json): Uint8Array {
  const json = utf8(canonical(shortened(value)));
  if (json.length > 65_535) throw new Error('SEAL_TOO_LARGE');
  const plain = concat(salt, Uint8Array.of(Math.floor(json.length / 256), json.length % 256), json);
  return concat(plain, new Uint8Array((64 - (plain.length % 64)) % 64));
}

export function commitOf(plaintext: Uint8Array): string {
  return b64(sha256(utf8('zegel/part/v1\0'), plaintext));
}

/** The one key, or the hash over several in their order. */
export function partKey(keys: readonly Uint8Array[]): Uint8Array {
  const [only] = keys;
  return only !== undefined && keys.length === 1 ? only : sha256(utf8('zegel/keys/v1\0'), ...keys);
}

export function aboutPart(
  { origin, entryId, partNumber, position }: Place,
  part: string,
  persons: readonly number[],
): Uint8Array {
  return utf8(canonical([origin, entryId, partNumber, position, part, persons]));
}

export function sealPart(
  place: Place,
  part: string,
  persons: readonly number[],
  value: Json,
  secrets: { readonly salt: Uint8Array; readonly nonce: Uint8Array; readonly keys: readonly Uint8Array[] },
): SealedText {
  const plaintext = plaintextOf(secrets.salt, value);
  const sealed = seal(partKey(secrets.keys), secrets.nonce, plaintext, aboutPart(place, part, persons));
  return { part, persons, commit: commitOf(plaintext), box: b64(concat(secrets.nonce, sealed)) };
}

/** The value and the plaintext in hex, or why the part does not open. */
export function openPart(
  place: Place,
  { part, persons, commit, box }: SealedText,
  keys: readonly Uint8Array[],
): { readonly value: Json; readonly plaintext: string } | string {
  let bytes: Uint8Array;
  try {
    bytes = unb64(box);
  } catch {
    return 'box-malformed';
  }
  if (bytes.length <= 24) return 'box-malformed';
  const plaintext = open(partKey(keys), bytes.slice(0, 24), bytes.slice(24), aboutPart(place, part, persons));
  if (plaintext === undefined) return 'key-wrong';
  if (commitOf(plaintext) !== commit) return 'commitment-wrong';
  const value = valueOf(plaintext);
  return value === undefined ? 'plaintext-malformed' : { value, plaintext: toHex(plaintext) };
}

/** Reads a plaintext back; undefined when a byte of it is not where it belongs. */
export function valueOf(plaintext: Uint8Array): Json | undefined {
  const length = (plaintext[32] ?? 0) * 256 + (plaintext[33] ?? 0);
  try {
    const value = parseCanonicalText(unUtf8(plaintext.slice(34, 34 + length)));
    if (!isSealable(value)) return undefined;
    const again = plaintextAgain(plaintext.slice(0, 32), value);
    return toHex(again) === toHex(plaintext) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSealable(value: Json): boolean {
  if (typeof value === 'string') return true;
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === 'omitted' && Number.isSafeInteger(value['omitted'])) return true;
  return keys.every((key) => isSealable(value[key] ?? null));
}

// As plaintextOf, for a value that already holds its markers.
function plaintextAgain(salt: Uint8Array, value: Json): Uint8Array {
  const json = utf8(canonical(value));
  const plain = concat(salt, Uint8Array.of(Math.floor(json.length / 256), json.length % 256), json);
  return concat(plain, new Uint8Array((64 - (plain.length % 64)) % 64));
}
