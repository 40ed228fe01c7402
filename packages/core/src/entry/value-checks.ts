import { isOwnName } from '../key-name.ts';
import { type Check, malformed } from './problem.ts';
import { parseDay, parseTime } from './time.ts';

const KEY = /^[a-z][a-z0-9-]{0,63}$/;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const ACTIVITY = /^[a-z][a-z0-9-]{0,63}@[1-9][0-9]{0,15}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
// The last character holds 4, 2 or 0 spare bits, which must be zero: each byte string has one text only.
const B64_16 = /^[\w-]{21}[AQgw]$/;
const B64_32 = /^[\w-]{42}[AEIMQUYcgkosw048]$/;
const B64_64 = /^[\w-]{85}[AQgw]$/;
const B64_ALPHABET = /^[\w-]*$/;
const B64_LAST: Readonly<Record<number, string>> = { 2: 'AQgw', 3: 'AEIMQUYcgkosw048' };

/** A check of a string by a test; the message says what it must be. */
function text(test: (value: string) => boolean, message: string): Check {
  const problem = malformed(message);
  return (value) => (typeof value === 'string' && test(value) ? undefined : problem);
}

/** A check of a whole number from `min` on. */
export function whole(min: number): Check {
  const problem = malformed(`must be a whole number from ${min}`);
  return (value) => (Number.isSafeInteger(value) && (value as number) >= min ? undefined : problem);
}

/** A check of one of a few constants. */
export function oneOf(values: readonly (string | number | boolean)[]): Check {
  const problem = malformed(`must be ${values.join(' or ')}`);
  const known = new Set<unknown>(values);
  return (value) => (known.has(value) ? undefined : problem);
}

/** A key of the register: activity, field, role, recipient, event, rule. */
export const registerKey: Check = text((value) => KEY.test(value), 'must be a register key');
/** A caller's own name for a service, an operation or a source (format v1 §1). */
export const callerName: Check = text((value) => NAME.test(value), 'must be a name of a-z 0-9 . _ -');
/** `key@version`. */
export const activityVersion: Check = text((value) => ACTIVITY.test(value), 'must be key@version');
/** UUIDv7 or UUIDv8 in lower case (format v1 §1 `id`). */
export const uuidText: Check = text((value) => UUID.test(value), 'must be a UUID of version 7 or 8');
/** A time in the one form there is. */
export const time: Check = text(
  (value) => parseTime(value) !== undefined,
  'must be a time YYYY-MM-DDTHH:mm:ss.sssZ',
);
/** A day `YYYY-MM-DD`. */
export const day: Check = text((value) => parseDay(value) !== undefined, 'must be a day YYYY-MM-DD');
/** base64url of 16 bytes. */
export const b64Of16: Check = text((value) => B64_16.test(value), 'must be 16 bytes in base64url');
/** base64url of 32 bytes. */
export const b64Of32: Check = text((value) => B64_32.test(value), 'must be 32 bytes in base64url');
/** base64url of 64 bytes. */
export const b64Of64: Check = text((value) => B64_64.test(value), 'must be 64 bytes in base64url');
/** A sealed box: nonce(24), a ciphertext of a multiple of 64 bytes, tag(16) (format v1 §4). */
export const box: Check = text(isBox, 'must be a sealed box in base64url');
/** Well-formed Unicode without further form. */
export const wellFormed: Check = text((value) => value.isWellFormed(), 'must be well-formed Unicode');
/** Name of a log: 1 to 255 bytes without `+`, Unicode spaces and control characters (format v1 §2, C2SP signed-note). */
export const originName: Check = text(isOwnName, 'must be an origin of at most 255 bytes');

function isBox(value: string): boolean {
  const bytes = Math.floor((value.length * 3) / 4);
  const last = B64_LAST[value.length % 4];
  const ends = last === undefined ? value.length % 4 === 0 : last.includes(value.at(-1) ?? '');
  return ends && bytes >= 104 && (bytes - 40) % 64 === 0 && B64_ALPHABET.test(value);
}
