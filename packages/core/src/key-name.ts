import { encodeUtf8 } from './utf8.ts';

/** Most bytes that an origin or a key name of ours may have (format v1 §2). */
export const MAX_NAME_BYTES = 255;

/** A name that a signature line can carry: not empty, no Unicode space, no `+` (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}+]+$/u.test(name);
}

/** A name for a log or a key that we make or trust: also at most 255 bytes of UTF-8, no control characters (format v1 §2). */
export function isOwnName(name: string): boolean {
  return isKeyName(name) && !/\p{Cc}/u.test(name) && encodeUtf8(name).length <= MAX_NAME_BYTES;
}
