import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Over TLS the name binds the cookie to this host and to https (RFC 6265bis §4.1.3). */
const OPEN = 'zegel';
const SECURE = '__Host-zegel';

/** Reads and writes the cookie of a session. `isSecure`: the browser reaches us by https. */
export class SessionCookie {
  readonly #isSecure: boolean;

  constructor(isSecure: boolean) {
    this.#isSecure = isSecure;
  }

  get(c: Context): string | undefined {
    return getCookie(c, this.#isSecure ? SECURE : OPEN);
  }

  set(c: Context, secret: string): void {
    // Strict: nothing on another site, not even a link, arrives here signed in.
    setCookie(c, this.#isSecure ? SECURE : OPEN, secret, {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', secure: this.#isSecure },
    });
  }

  clear(c: Context): void {
    deleteCookie(c, this.#isSecure ? SECURE : OPEN, { path: '/', secure: this.#isSecure });
  }
}
