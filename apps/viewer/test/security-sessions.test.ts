import { expect, test } from 'vitest';
import { ROLES } from '../src/access/permissions.ts';
import { Sessions } from '../src/access/sessions.ts';
import { serve } from '../src/main.ts';
import { browsing, codesOf, door, keyOn, loggedIn } from './lib/log-in.ts';
import { pathOf, routesOf } from './lib/routes.ts';
import { stage } from './lib/stage.ts';
import { newLog, served } from './served.ts';

const MINUTE = 60_000;

test('fixation: what a browser brought along is no session after the log-in, nor was it before', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor'], { exempt: true });
  const planted = 'A'.repeat(43);
  const browser = browsing(here);
  browser.cookies.set('zegel', planted).set('zegel-halfway', planted);
  expect((await browser.post('/login', { name: 'anna', token })).status).toBe(303);
  expect(browser.cookies.get('zegel')).not.toBe(planted);
  expect((await browser.get('/account')).status).toBe(200);
  expect((await browsing(here).get('/account', { cookie: `zegel=${planted}` })).status).toBe(303);
});

test('fixation: the session from before a log-in ends with it, and each log-in has its own', async () => {
  const here = await door();
  const first = await loggedIn(here, 'mallory', 'auditor');
  const old = first.cookies.get('zegel') ?? '';
  const { text: token } = await here.access.users.add('anna', ['privacy'], { exempt: true });
  await first.post('/login', { name: 'anna', token });
  expect(first.cookies.get('zegel')).not.toBe(old);
  expect(here.services.sessions.find(old)).toBeUndefined();
});

test('fixation: the cookie between the steps is of no use after them', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor']);
  const setUp = browsing(here);
  await setUp.post('/login', { name: 'anna', token });
  const key = keyOn(await (await setUp.get('/login/code')).text());
  const code = await codesOf(key);
  expect((await setUp.post('/login/code', { code: code(-1) })).status).toBe(303);
  const browser = browsing(here);
  await browser.post('/login', { name: 'anna', token });
  const halfway = browser.cookies.get('zegel-halfway') ?? '';
  expect((await browser.post('/login/code', { code: code() })).status).toBe(303);
  const again = browsing(here);
  again.cookies.set('zegel-halfway', halfway);
  expect((await again.post('/login/code', { code: code(1) })).status).toBe(401);
  expect(again.cookies.has('zegel')).toBe(false);
});

test('a session ends half an hour after its last request, and twelve hours after it began', () => {
  const clock = { now: 0 };
  const sessions = new Sessions(() => clock.now);
  const idle = sessions.begin('anna', new Set(['auditor']));
  const busy = sessions.begin('anna', new Set(['auditor']));
  for (; clock.now <= 30 * MINUTE; clock.now += MINUTE) expect(sessions.find(busy)).toBeDefined();
  expect(sessions.find(idle)).toBeUndefined();
  for (; clock.now <= 720 * MINUTE; clock.now += MINUTE) expect(sessions.find(busy)).toBeDefined();
  expect(sessions.find(busy)).toBeUndefined();
});

test('a change needs the token of the very session, whatever the route', async () => {
  const here = await stage({ roles: ROLES });
  const changes = routesOf(here.app).filter(
    ({ method, path }) => method === 'POST' && !path.startsWith('/v1/'),
  );
  expect(changes.length).toBeGreaterThan(8);
  const stranger = here.services.sessions.begin('stranger', new Set(ROLES));
  const other = here.services.sessions.find(stranger)?.csrf ?? '';
  for (const route of changes) {
    const send = async (
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ): Promise<unknown> =>
      (
        (await (await here.post(pathOf(route), fields, { accept: '*/*', ...headers })).json()) as {
          code: string;
        }
      ).code;
    for (const csrf of ['', 'guessed', other]) expect(await send({ csrf }), route.path).toBe('CSRF');
    for (const site of ['cross-site', 'same-site', 'nonsense'])
      expect(await send({}, { 'sec-fetch-site': site }), route.path).toBe('CSRF');
    expect(await send({}, { 'x-csrf-token': other }), route.path).toBe('CSRF');
  }
});

test('nobody is logged in by a page elsewhere', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('mallory', ['auditor'], { exempt: true });
  const browser = browsing(here);
  const answer = await browser.post('/login', { name: 'mallory', token }, { 'sec-fetch-site': 'cross-site' });
  expect([answer.status, browser.cookies.size]).toEqual([403, 0]);
});

test('a session opens nothing that asks for a service token', async () => {
  const { post } = await stage({ roles: ROLES });
  for (const path of ['/v1/events', '/v1/gaps']) expect((await post(path)).status).toBe(401);
});

test('the cookie is for this host alone, out of reach of scripts and of other sites', async () => {
  const open = await cookieOf(await served());
  expect(open).toMatch(/^zegel=[\w-]{43}; /);
  expect(attributes(open)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  const secure = await cookieOf(await served({ behindProxy: true }));
  expect(secure).toMatch(/^__Host-zegel=[\w-]{43}; /);
  expect(attributes(secure)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
});

const attributes = (cookie: string): string[] => cookie.split('; ').slice(1).toSorted();

async function cookieOf({ url, log }: { readonly url: string; readonly log: string }): Promise<string> {
  const { AccessFile } = await import('../src/access/access-file.ts');
  const access = new AccessFile(log);
  const { text: token } = await access.users.add('anna', ['auditor'], { exempt: true });
  access.close();
  const body = new URLSearchParams({ name: 'anna', token });
  const answer = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.getSetCookie().find((line) => line.includes('zegel=')) ?? `none: ${answer.status}`;
}

test('--dev spares the second factor on loopback, loudly, and is refused elsewhere', async () => {
  const { url, log, told } = await served({ dev: true });
  expect(told.join()).toContain('NO SECOND FACTOR');
  expect(await (await fetch(`${url}/login`, { headers: { 'accept-language': 'en' } })).text()).toContain(
    'Development: no second factor',
  );
  const { AccessFile } = await import('../src/access/access-file.ts');
  const access = new AccessFile(log);
  const { text: token } = await access.users.add('anna', ['auditor']);
  access.close();
  const body = new URLSearchParams({ name: 'anna', token });
  const answer = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' });
  expect(answer.headers.get('location')).toBe('/');
  const other = await newLog();
  for (const more of [{ behindProxy: true }, { host: '0.0.0.0' }])
    await expect(serve({ log: other, port: 0, dev: true, ...more })).rejects.toMatchObject({
      code: 'DEV_OPEN',
    });
});
