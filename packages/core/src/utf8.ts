import { FormatError } from './format-error.ts';

// ignoreBOM keeps a byte order mark as the character it is, instead of dropping three bytes unseen.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Decodes UTF-8, byte order mark included. @throws FormatError BAD_UTF8 on any invalid sequence. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new FormatError('BAD_UTF8', 'not valid UTF-8', cause);
  }
}

/** Encodes as UTF-8. @throws FormatError BAD_UTF8 when the string holds a lone surrogate. */
export function encodeUtf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new FormatError('BAD_UTF8', 'not well-formed Unicode');
  return encoder.encode(text);
}
