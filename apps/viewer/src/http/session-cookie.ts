import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Reads and writes the cookie of a session. `isSecure`: the browser reaches us by https. */
export class SessionCookie {
  readonly #isSecure: boolean;
  readonly #name: string;

  constructor(isSecure: boolean, name = 'zegel') {
    this.#isSecure = isSecure;
    // Over TLS the name binds the cookie to this host and to https (RFC 6265bis §4.1.3).
    this.#name = isSecure ? `__Host-${name}` : name;
  }

  get(c: Context): string | undefined {
    return getCookie(c, this.#name);
  }

  set(c: Context, secret: string): void {
    // Strict: nothing on another site, not even a link, arrives here signed in.
    setCookie(c, this.#name, secret, {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', secure: this.#isSecure },
    });
  }

  clear(c: Context): void {
    deleteCookie(c, this.#name, { path: '/', secure: this.#isSecure });
  }
}
