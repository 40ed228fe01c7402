import { asBuffer } from './bytes.ts';
import { FormatError } from './format-error.ts';

/** Bytes as base64 with padding (RFC 4648 §4), as signed notes have it. */
export function encodeBase64(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64');
}

/**
 * Decodes base64 with padding. Each byte string has one text only: missing padding, white space,
 * the other alphabet and non-zero bits behind the last byte are refused.
 *
 * @throws FormatError BAD_BASE64
 */
export function decodeBase64(text: string): Uint8Array {
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') !== text) throw new FormatError('BAD_BASE64', 'not base64 with padding');
  return new Uint8Array(decoded);
}
