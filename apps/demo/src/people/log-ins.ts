import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hmacSha256, sha256Base64url } from '@zegel/core';

const TOKEN_BYTES = 18;
const SECRET_BYTES = 32;

/** Gives everybody's log-in token. A real service would hand them out and forget them; a demo must be able to log in. */
export class LogIns {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** Reads the secret that the tokens come from, made on the first start. */
  static at(path: string): LogIns {
    if (!existsSync(path)) writeFileSync(path, randomBytes(SECRET_BYTES), { mode: 0o600, flag: 'wx' });
    return new LogIns(readFileSync(path));
  }

  tokenOf(username: string): string {
    const bytes = hmacSha256(this.#secret, Buffer.from(username));
    return Buffer.from(bytes.subarray(0, TOKEN_BYTES)).toString('base64url');
  }

  hashOf(username: string): string {
    return tokenHash(this.tokenOf(username));
  }
}

/** What the database keeps of a token. A token is long and random, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return sha256Base64url(Buffer.from(token));
}
