// Loops over character codes: on texts this short they cost a fraction of a regular expression,
// and every event passes a dozen of them.

const LOWER = 1;
const DIGIT = 2;
const DASH = 4;
const DOT_OR_LINE = 8;
const HEX = 16;

const CLASSES = new Uint8Array(128);
for (let code = 97; code <= 122; code++) CLASSES[code] = LOWER | (code <= 102 ? HEX : 0);
for (let code = 48; code <= 57; code++) CLASSES[code] = DIGIT | HEX;
CLASSES[45] = DASH;
CLASSES[46] = DOT_OR_LINE;
CLASSES[95] = DOT_OR_LINE;

const LONGEST_ID = 256;
const LONGEST_TEXT = 65_536;

function allOf(text: string, mask: number, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || ((CLASSES[code] ?? 0) & mask) === 0) return false;
  }
  return true;
}

/** Register key: `[a-z][a-z0-9-]{0,63}`. */
export function isKey(text: string): boolean {
  return text.length > 0 && text.length <= 64 && isLower(text) && allOf(text, LOWER | DIGIT | DASH, 1);
}

/** Type of a person: `[a-z][a-z0-9-]{0,31}` (format v1 §3). */
export function isPersonType(text: string): boolean {
  return text.length <= 32 && isKey(text);
}

/** Service or operation: `[a-z0-9][a-z0-9._-]{0,63}` (format v1 §1). */
export function isServiceName(text: string): boolean {
  if (text.length === 0 || text.length > 64) return false;
  const first = text.charCodeAt(0);
  return first !== 45 && first !== 46 && first !== 95 && allOf(text, LOWER | DIGIT | DASH | DOT_OR_LINE, 0);
}

/** `length` lower-case hexadecimal digits. */
export function isHex(text: string, length: number): boolean {
  return text.length === length && allOf(text, HEX, 0);
}

/** 1 to 256 bytes of UTF-8 without NUL (format v1 §3). */
export function isIdentifier(text: string): boolean {
  return text.length > 0 && fits(text, LONGEST_ID) && text.isWellFormed() && !text.includes('\0');
}

/** Well-formed text of at most 64 KiB of UTF-8. */
export function isFreeText(text: string): boolean {
  return fits(text, LONGEST_TEXT) && text.isWellFormed();
}

/** At most 64 printable ASCII characters. */
export function isPrintable(text: string): boolean {
  if (text.length > 64) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code > 126) return false;
  }
  return true;
}

function isLower(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 97 && code <= 122;
}

/** A UTF-16 code unit takes at most three bytes of UTF-8 and at least one. */
function fits(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return true;
  return text.length <= bytes && Buffer.byteLength(text) <= bytes;
}
