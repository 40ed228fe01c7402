import { asBuffer } from './bytes.ts';
import { FormatError } from './format-error.ts';

/** Bytes as base64url without padding (RFC 4648 §5; format v1 "b64"). */
export function encodeBase64url(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64url');
}

/**
 * Decodes base64url without padding. Each byte string has one text only: padding, white space,
 * the other alphabet and non-zero bits behind the last byte are refused.
 *
 * @throws FormatError BAD_BASE64URL
 */
export function decodeBase64url(text: string): Uint8Array {
  const decoded = Buffer.from(text, 'base64url');
  // Buffer reads whatever it can; only the re-encoding tells whether that was all of it.
  if (decoded.toString('base64url') !== text)
    throw new FormatError('BAD_BASE64URL', 'not base64url without padding');
  return new Uint8Array(decoded);
}
