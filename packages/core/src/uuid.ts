import { assert } from './errors.ts';
import { FormatError } from './format-error.ts';

const MAX_UUID_MS = 2 ** 48 - 1;
const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const HEX = Buffer.from('0123456789abcdef');
/** Where the digits of each byte stand. */
const PLACES: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const uuidText = Buffer.from('00000000-0000-0000-0000-000000000000');

/** A time-ordered UUID (RFC 9562 §5.7): 16 bytes from milliseconds since 1970 and 10 random bytes. */
export function uuidV7(ms: number, random: Uint8Array): Uint8Array {
  assert(Number.isSafeInteger(ms) && ms >= 0 && ms <= MAX_UUID_MS, 'UUIDv7 milliseconds have 48 bits');
  assert(random.length === 10, 'UUIDv7 needs 10 random bytes');
  const uuid = new Uint8Array(16);
  for (let at = 5, rest = ms; at >= 0; at--) {
    uuid[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  uuid.set(random, 6);
  return marked(uuid, 7);
}

/** A UUID from the first 16 bytes of a MAC (RFC 9562 §5.8; format v1 §1 `id`). */
export function uuidV8(mac: Uint8Array): Uint8Array {
  assert(mac.length >= 16, 'UUIDv8 needs 16 bytes');
  // Not slice(): a Buffer's would be the caller's own memory.
  return marked(new Uint8Array(mac.subarray(0, 16)), 8);
}

/** 16 bytes as the lower-case text of a UUID (RFC 9562 §4). */
export function formatUuid(uuid: Uint8Array): string {
  assert(uuid.length === 16, 'a UUID has 16 bytes');
  // Digit by digit into one buffer: a Buffer over a small array would first have to give it memory of its own.
  for (let i = 0; i < 16; i++) {
    const byte = uuid[i] ?? 0;
    const at = PLACES[i] ?? 0;
    uuidText[at] = HEX[byte >> 4] ?? 0;
    uuidText[at + 1] = HEX[byte & 15] ?? 0;
  }
  return uuidText.toString('latin1');
}

/** The 16 bytes of a UUID of any version, written in lower case. @throws FormatError BAD_UUID */
export function parseUuid(text: string): Uint8Array {
  if (!FORM.test(text)) throw new FormatError('BAD_UUID', 'not a UUID in lower case');
  return new Uint8Array(Buffer.from(text.replaceAll('-', ''), 'hex'));
}

// RFC 9562 §4.1 and §4.2: version in the high half of byte 6, variant 10 in the two high bits of byte 8.
function marked(uuid: Uint8Array, version: number): Uint8Array {
  uuid[6] = ((uuid[6] ?? 0) & 0x0f) | (version << 4);
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  return uuid;
}
