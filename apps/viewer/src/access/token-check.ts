import { sameSecret, sha256Base64url, stretchSecret } from '@zegel/core';
import type { AccessFile, StoredToken } from './access-file.ts';
import { parseToken } from './token.ts';

/** How often the last use of a token is written down. */
const USE_EVERY = 60_000;

/** Checks tokens: scrypt once per token, then by a hash in memory. A revoked one is refused from the next request on. */
export class TokenCheck {
  readonly #access: AccessFile;
  readonly #now: () => number;
  /** Hash of a token's text that was good → scrypt's hash that it was checked against. */
  readonly #good = new Map<string, Uint8Array>();
  readonly #used = new Map<string, number>();
  #checking: Promise<unknown> = Promise.resolve();

  constructor(access: AccessFile, now: () => number = Date.now) {
    this.#access = access;
    this.#now = now;
  }

  /** The token of a text; undefined when it is none, unknown, revoked, or its secret is wrong. */
  async check(text: string): Promise<StoredToken | undefined> {
    const parts = parseToken(text);
    const token = parts && this.#access.find(parts.id);
    if (parts === undefined || token === undefined || token.revoked !== undefined) return undefined;
    const name = sha256Base64url(Buffer.from(text));
    if (!this.#knows(name, token.hash)) {
      if (!(await this.#isGood(name, parts.secret, token))) return undefined;
    }
    this.#note(token.id);
    return token;
  }

  #knows(name: string, hash: Uint8Array): boolean {
    const known = this.#good.get(name);
    return known !== undefined && sameSecret(known, hash);
  }

  /** One at a time: whoever guesses keeps one core busy and no more. */
  async #isGood(name: string, secret: string, { salt, hash }: StoredToken): Promise<boolean> {
    const turn = this.#checking.then(async () => {
      // Of many requests at once with one token, as after a start, the first is checked and the others know.
      if (this.#knows(name, hash)) return true;
      const isGood = sameSecret(await stretchSecret(secret, salt), hash);
      if (isGood) this.#good.set(name, hash);
      return isGood;
    });
    this.#checking = turn.catch(() => undefined);
    return turn;
  }

  #note(id: string): void {
    const now = this.#now();
    if (now - (this.#used.get(id) ?? -USE_EVERY) < USE_EVERY) return;
    this.#used.set(id, now);
    this.#access.use(id, now);
  }
}
