import { asBuffer } from './bytes.ts';
import { canonicalize, parseCanonical } from './canonical.ts';
import { assert, ZegelError } from './errors.ts';
import { FormatError } from './format-error.ts';
import type { JsonValue } from './json.ts';

/** What a sealed part holds: strings, alone or in an object. */
export type SealedValue = string | { readonly [key: string]: SealedValue };

/** Stands for a string that was too long to keep: its length in bytes. */
export type Omitted = { readonly omitted: number };

/** A sealed value as it is read back. */
export type OpenedValue = string | Omitted | { readonly [key: string]: OpenedValue };

/** A value that can't be sealed: its JSON exceeds 65,535 bytes, or it holds something else than strings. */
export class SealError extends ZegelError {
  override readonly name = 'SealError';
  readonly code: 'SEAL_TOO_LARGE' | 'SEAL_BAD_VALUE';

  constructor(code: 'SEAL_TOO_LARGE' | 'SEAL_BAD_VALUE', message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Longest string that is kept, in bytes of UTF-8 (format v1 §4). */
export const MAX_SEALED_STRING = 8192;
const BLOCK = 64;
const HEAD = 32 + 2;

/**
 * The plaintext of a part (format v1 §4): salt(32) ‖ uint16 BE length ‖ canonical JSON ‖ zeros to a
 * multiple of 64 bytes. Strings over 8 KiB become `{"omitted": bytes}`.
 *
 * @throws SealError
 */
export function formatPlaintext(salt: Uint8Array, value: SealedValue): Uint8Array {
  assert(salt.length === 32, 'a salt has 32 bytes');
  const json = valueText(value);
  const length = Buffer.byteLength(json);
  if (length > 0xffff) throw new SealError('SEAL_TOO_LARGE', `${length} bytes of JSON; 65535 fit in a part`);
  const plaintext = new Uint8Array(Math.ceil((HEAD + length) / BLOCK) * BLOCK);
  plaintext.set(salt);
  plaintext[32] = length >> 8;
  plaintext[33] = length & 0xff;
  asBuffer(plaintext).write(json, HEAD, 'utf8');
  return plaintext;
}

/** Reads {@link formatPlaintext} back; undefined when it has any other form. */
export function parsePlaintext(
  plaintext: Uint8Array,
): { readonly salt: Uint8Array; readonly value: OpenedValue } | undefined {
  if (plaintext.length < BLOCK || plaintext.length % BLOCK !== 0) return undefined;
  const end = HEAD + (((plaintext[32] ?? 0) << 8) | (plaintext[33] ?? 0));
  if (plaintext.length !== Math.ceil(end / BLOCK) * BLOCK) return undefined;
  if (plaintext.subarray(end).some((byte) => byte !== 0)) return undefined;
  const value = parseValue(plaintext.subarray(HEAD, end));
  return value === undefined ? undefined : { salt: new Uint8Array(plaintext.subarray(0, 32)), value };
}

function valueText(value: SealedValue): string {
  try {
    return isPlain(value) ? JSON.stringify(value) : canonicalize(shortened(value));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new SealError('SEAL_BAD_VALUE', error.message, error);
  }
}

// The usual value: one string or a flat object with few short ASCII strings in order, which JSON.stringify
// writes as RFC 8785 does.
function isPlain(value: SealedValue): boolean {
  if (typeof value === 'string') return isShortAscii(value);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  let before = '';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (key <= before || typeof inner !== 'string' || !isShortAscii(inner) || !key.isWellFormed())
      return false;
    before = key;
  }
  return true;
}

function isShortAscii(value: string): boolean {
  return value.length <= 1024 && /^[ -~]*$/.test(value);
}

// A number can only come from here, so that a marker is never mistaken for something that was given.
function shortened(value: SealedValue): OpenedValue {
  if (typeof value === 'string') {
    if (value.length * 3 <= MAX_SEALED_STRING) return value;
    const bytes = Buffer.byteLength(value);
    return bytes <= MAX_SEALED_STRING ? value : { omitted: bytes };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SealError('SEAL_BAD_VALUE', 'a part holds strings, alone or in objects');
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

function parseValue(json: Uint8Array): OpenedValue | undefined {
  try {
    const value = parseCanonical(json);
    return isOpened(value) ? value : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function isOpened(value: JsonValue): value is OpenedValue {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = Object.entries(value);
  const [first] = members;
  if (members.length === 1 && first?.[0] === 'omitted' && Number.isSafeInteger(first[1])) return true;
  return members.every(([, inner]) => isOpened(inner));
}
