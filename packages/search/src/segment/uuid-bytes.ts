/** Writes the 16 bytes of a UUID text into `into`; false for a text of another form. Twice per entry, so by hand. */
export function uuidBytes(text: string, into: Uint8Array): boolean {
  if (text.length !== 36) return false;
  let at = 0;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (text.charCodeAt(i) !== 45) return false;
      i++;
    }
    const byte = (digit(text.charCodeAt(i)) << 4) | digit(text.charCodeAt(i + 1));
    if (byte < 0) return false;
    into[at++] = byte;
  }
  return true;
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1024;
}
