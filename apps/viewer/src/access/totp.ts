import { hmacSha1, sameSecret } from '@zegel/core';
import { encodeBase32 } from './base32.ts';

/** Bytes of a secret: as many as SHA-1 gives (RFC 4226 §4 R6). */
export const FACTOR_BYTES = 20;
const PERIOD = 30_000;
const DIGITS = 6;
/** Steps that a clock may be off, either way (RFC 6238 §5.2 has one for the network; people type slowly). */
const DRIFT = 1;

/** The counter of a moment (RFC 6238 §4.2). */
export function totpStep(now: number): number {
  return Math.floor(now / PERIOD);
}

/** The one-time code of a counter (RFC 4226 §5.3): HMAC-SHA-1, decimal digits with leading zeroes. */
export function oneTimeCode(secret: Uint8Array, counter: number, digits: number = DIGITS): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = Buffer.from(hmacSha1(secret, message));
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The counter that a code is of, now or a step off; undefined when it is of none. Spaces do not matter. */
export function stepOf(secret: Uint8Array, typed: string, now: number): number | undefined {
  const code = Buffer.from(typed.replaceAll(/\s/g, ''));
  const current = totpStep(now);
  let found: number | undefined;
  for (let step = current - DRIFT; step <= current + DRIFT; step++)
    if (step >= 0 && sameSecret(Buffer.from(oneTimeCode(secret, step)), code)) found = step;
  return found;
}

/** What an authenticator app is set up with, and what of it a person can type. */
export interface FactorKey {
  /** `otpauth://totp/…` */
  readonly link: string;
  /** Base32 in groups of four. */
  readonly text: string;
}

/** How a secret is handed to an authenticator app. `issuer` is the log's name: one person may audit several. */
export function factorKey(secret: Uint8Array, user: string, issuer: string): FactorKey {
  const key = encodeBase32(secret);
  const name = `${encodeURIComponent(issuer)}:${encodeURIComponent(user)}`;
  const link = `otpauth://totp/${name}?secret=${key}&issuer=${encodeURIComponent(issuer)}`;
  return { link, text: key.replaceAll(/(.{4})(?=.)/g, '$1 ') };
}
