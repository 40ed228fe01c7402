import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { addressOf, localPath, sourceOf } from './local-path.ts';

/** How long somebody may take to log in, in seconds, and still be led on. */
const KEPT = 900;
/** Longest address that is kept, in characters; browsers drop cookies above 4096. */
const MOST = 1200;

/** Remembers, in a cookie, which page was asked for before the log-in. It holds a path of ours that names nobody. */
export class NextCookie {
  readonly #isSecure: boolean;
  readonly #name: string;

  constructor(isSecure: boolean) {
    this.#isSecure = isSecure;
    this.#name = isSecure ? '__Host-zegel-next' : 'zegel-next';
  }

  /** Keeps the address of a page that was asked for; nobody wants to be led to a stream. Home is where a log-in leads anyway. */
  keep(c: Context): void {
    if (isPage(c)) this.#keep(c, addressOf(c));
  }

  /** Keeps the address of the page that a form was sent from: what it says is lost, the way back to it is not. */
  keepSource(c: Context): void {
    if (isPage(c)) this.#keep(c, sourceOf(c));
  }

  /** The address that was kept, this once; undefined where there is none, or it leads elsewhere. */
  take(c: Context): string | undefined {
    const kept = getCookie(c, this.#name);
    if (kept === undefined) return undefined;
    this.#clear(c);
    const path = localPath(kept);
    return path === '/' ? undefined : path;
  }

  #keep(c: Context, address: string): void {
    if (address === '/' || address.length > MOST) return this.#clear(c);
    setCookie(c, this.#name, address, {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', secure: this.#isSecure, maxAge: KEPT },
    });
  }

  #clear(c: Context): void {
    if (getCookie(c, this.#name) === undefined) return;
    deleteCookie(c, this.#name, { path: '/', secure: this.#isSecure });
  }
}

/** Whether a browser goes there, instead of a script of a page asking for something (Fetch Metadata). */
function isPage(c: Context): boolean {
  const wanted = c.req.header('sec-fetch-dest') ?? 'document';
  return wanted === 'document' && (c.req.header('accept') ?? '').includes('text/html');
}
