import { setTimeout as wait } from 'node:timers/promises';
import type { AccessFile } from '../../src/access/access-file.ts';
import type { Role } from '../../src/access/permissions.ts';
import { oneTimeCode, totpStep } from '../../src/access/totp.ts';
import { type Stage, stage } from './stage.ts';

/** Somebody with a browser of their own: cookies are kept and sent. */
export interface Browsing {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts a form with the token of the page, as a browser would. */
  post(
    path: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
}

/** A stage where people log in themselves, and nobody is signed in yet. */
export async function door(): Promise<Stage & { readonly access: AccessFile }> {
  const here = await stage({ roles: [], users: true });
  return { ...here, access: here.services.access };
}

/** Opens a browser. */
export function browsing({ app, services }: Pick<Stage, 'app' | 'services'>): Browsing {
  const cookies = new Map<string, string>();
  const send = async (
    path: string,
    init: RequestInit,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.request(path, {
      ...init,
      headers: { accept: 'text/html', 'accept-language': 'en', ...(cookie !== '' && { cookie }), ...headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    get: (path, headers = {}) => send(path, {}, headers),
    post: (path, fields = {}, headers = {}) => {
      const csrf = services.sessions.find(cookies.get('zegel'))?.csrf ?? '';
      return send(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) }, headers);
    },
  };
}

/** The key that a page shows for an authenticator app, as bytes. */
export function keyOn(html: string): Uint8Array {
  const text = (/class="key">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '');
  const bits = Array.from(text).map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** Milliseconds that a test may take from asking for codes to using the last of them. */
const ROOM = 8000;

/** The codes of a key, as they are named from now on: `steps` away. Waits where a test would run into the next step. */
export async function codesOf(key: Uint8Array): Promise<(steps?: number) => string> {
  while (totpStep(Date.now() + ROOM) !== totpStep(Date.now())) await wait(50);
  const step = totpStep(Date.now());
  return (steps = 0) => oneTimeCode(key, step + steps);
}

/** Makes a user without a second factor and logs them in. */
export async function loggedIn(here: Stage, name: string, ...roles: readonly Role[]): Promise<Browsing> {
  const { text } = await here.services.access.users.add(name, roles, { exempt: true });
  const browser = browsing(here);
  const answer = await browser.post('/login', { name, token: text });
  if (answer.status !== 303) throw new Error(`${answer.status} at the log-in`);
  return browser;
}
