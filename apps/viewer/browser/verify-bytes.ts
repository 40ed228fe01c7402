/** Bytes such as WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
// ignoreBOM keeps a byte order mark as the character it is.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UNITS_PER_CALL = 8192;

/** UTF-8 of a well-formed text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** Text of UTF-8; undefined where the bytes are none. */
export function textOf(bytes: Bytes): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** One after the other. */
export function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. */
export function same(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Lower-case hexadecimal digits. */
export function hex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Bytes): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += UNITS_PER_CALL)
    binary += String.fromCharCode(...bytes.subarray(at, at + UNITS_PER_CALL));
  return btoa(binary);
}

/** Base64url without padding (RFC 4648 §5). */
export function encodeBase64url(bytes: Bytes): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Bytes of base64 with padding; undefined for any text but the one that encodes them. */
export function decodeBase64(text: string): Bytes | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(binary, (unit) => unit.charCodeAt(0));
  // atob takes missing padding, white space and stray bits; only encoding again tells whether that was all of it.
  return encodeBase64(bytes) === text ? bytes : undefined;
}

/** Bytes of base64url without padding; undefined for any text but the one that encodes them. */
export function decodeBase64url(text: string): Bytes | undefined {
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4);
  const bytes = decodeBase64(padded);
  return bytes !== undefined && encodeBase64url(bytes) === text ? bytes : undefined;
}

/** A whole number below 2^53 in its one decimal form; undefined for all else. */
export function decimal(text: string): number | undefined {
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
