import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { FACTOR_BYTES, factorKey } from '../src/access/totp.ts';
import { browsing, codesOf, door, keyOn, loggedIn } from './lib/log-in.ts';
import type { Stage } from './lib/stage.ts';
import { entries, served } from './served.ts';

/** Entries of log-ins: outcome, who, what was looked at. */
async function logIns({ dir, services }: Stage): Promise<unknown[]> {
  await services.logs.use(async (log) => log.checkpoint());
  const all = await entries(dir);
  return all
    .filter(({ operation }) => operation === 'viewer.login')
    .map(({ outcome, actor, fields }) => [outcome, (actor as { kind: string }).kind, fields]);
}

test('name and token, then the key of an app, then in; the next time a code is enough', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor']);
  const first = browsing(here);
  expect((await first.get('/account')).headers.get('location')).toBe('/login');
  expect(await (await first.get('/login')).text()).toContain('autocomplete="current-password"');
  const step = await first.post('/login', { name: ' anna ', token: ` ${token}\n` });
  expect([step.status, step.headers.get('location')]).toEqual([303, '/login/code']);
  expect((await first.get('/account')).status, 'halfway is not in').toBe(303);
  const page = await (await first.get('/login/code')).text();
  const key = keyOn(page);
  expect(key).toHaveLength(FACTOR_BYTES);
  expect(readQr(page)).toBe(factorKey(key, 'anna', 'viewer.example/audit').link);
  const code = await codesOf(key);
  const done = await first.post('/login/code', { code: code() });
  expect([done.status, done.headers.get('location')]).toEqual([303, '/account']);
  expect([...first.cookies.keys()]).toEqual(['zegel']);
  const account = await (await first.get('/account')).text();
  expect(account).toContain('by token and code');
  expect(account).toContain('set up on');

  const second = browsing(here);
  await second.post('/login', { name: 'anna', token });
  expect(await (await second.get('/login/code')).text()).not.toContain('class="key"');
  expect((await second.post('/login/code', { code: code() })).status, 'used before').toBe(401);
  expect((await second.post('/login/code', { code: code(1) })).status).toBe(303);
  expect(await logIns(here)).toEqual([
    ['success', 'employee', ['code', 'token']],
    ['denied', 'employee', ['code']],
    ['success', 'employee', ['code', 'token']],
  ]);
});

/** Reads the picture on a page as a telephone would. */
function readQr(html: string): string {
  const size = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
  const dark = new Set([...html.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  const [scale, data] = [4, new Uint8Array(size * size * 16 * 4)];
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at / 4) % (size * scale), Math.floor(at / 4 / (size * scale))];
    const shade = dark.has(`${Math.floor(x / scale)} ${Math.floor(y / scale)}`) ? 0 : 255;
    data.set([shade, shade, shade, 255], at);
  }
  return decodeQR({ width: size * scale, height: size * scale, data });
}

test('every failed log-in is an entry; what was typed as a name nobody has is in none', async () => {
  const here = await door();
  await here.access.users.add('anna', ['auditor']);
  const browser = browsing(here);
  const known = await browser.post('/login', { name: 'anna', token: 'wrong' });
  const unknown = await browser.post('/login', { name: 'my-secret-in-the-wrong-box', token: 'wrong' });
  expect([known.status, unknown.status]).toEqual([401, 401]);
  expect(await known.text()).toBe(await unknown.text());
  expect([...known.headers.keys()].sort()).toEqual([...unknown.headers.keys()].sort());
  expect(await logIns(here)).toEqual([
    ['denied', 'employee', ['token']],
    ['denied', 'anonymous', ['token']],
  ]);
  const last = (await entries(here.dir)).at(-1) ?? {};
  expect(last).not.toHaveProperty('sealed');
  expect(last).toMatchObject({ actor: { kind: 'anonymous' }, subjectCount: 0, operation: 'viewer.login' });
  expect((last['actor'] as { person?: unknown }).person).toBeUndefined();
});

test('after five failures nothing is looked at for a while, and the answer says so', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor'], { exempt: true });
  const browser = browsing(here);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++)
    statuses.push((await browser.post('/login', { name: 'anna', token: 'wrong' })).status);
  const answer = await browser.post('/login', { name: 'anna', token });
  expect([...statuses, answer.status]).toEqual([401, 401, 401, 401, 401, 429]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(55);
  expect(await answer.text()).toContain('Try again in a minute');
  expect((await logIns(here)).at(-1)).toEqual(['denied', 'employee', ['lockout', 'token']]);
});

test('five wrong codes send somebody back to the beginning', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor']);
  const browser = browsing(here);
  await browser.post('/login', { name: 'anna', token });
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) statuses.push((await browser.post('/login/code', { code: '000000' })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401]);
  expect(browser.cookies.size).toBe(0);
  expect((await browser.get('/login/code')).headers.get('location')).toBe('/login');
});

test('somebody else’s halfway cookie is no session, and a session is no halfway', async () => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['auditor']);
  const browser = browsing(here);
  await browser.post('/login', { name: 'anna', token });
  const halfway = browser.cookies.get('zegel-halfway') ?? '';
  expect((await browsing(here).get('/account', { cookie: `zegel=${halfway}` })).status).toBe(303);
  const session = here.services.sessions.begin('anna', new Set(['auditor']));
  expect((await browsing(here).get('/login/code', { cookie: `zegel-halfway=${session}` })).status).toBe(303);
});

test('signing out ends the session, also for a copy of its cookie', async () => {
  const here = await door();
  const browser = await loggedIn(here, 'anna', 'auditor');
  const copy = { cookie: `zegel=${browser.cookies.get('zegel')}` };
  expect((await browser.get('/account')).status).toBe(200);
  expect((await browser.get('/login')).headers.get('location')).toBe('/');
  expect((await browser.post('/logout')).headers.get('location')).toBe('/login');
  expect(browser.cookies.size).toBe(0);
  expect((await browsing(here).get('/account', copy)).status).toBe(303);
});

test('a second factor is replaced by the code of the old one and the code of the new one', async () => {
  const here = await door();
  const browser = await loggedIn(here, 'anna', 'auditor');
  const { users } = here.access;
  await browser.post('/account/factor');
  const key = keyOn(await (await browser.get('/account')).text());
  const code = await codesOf(key);
  expect((await browser.post('/account/factor/confirm', { code: '000000' })).status).toBe(401);
  expect(users.get('anna').factor).toBeUndefined();
  expect((await browser.post('/account/factor/confirm', { code: code(-1) })).headers.get('location')).toBe(
    '/account?done',
  );
  expect((await browser.post('/account/factor', { code: '000000' })).status).toBe(401);
  expect(keyOn(await (await browser.get('/account')).text())).toHaveLength(0);
  const before = users.get('anna').factor;
  expect((await browser.post('/account/factor', { code: code() })).status).toBe(303);
  const next = keyOn(await (await browser.get('/account')).text());
  expect(users.get('anna').factor).toEqual(before);
  expect((await browser.post('/account/factor/confirm', { code: (await codesOf(next))() })).status).toBe(303);
  expect(users.get('anna').factor).not.toEqual(before);
});

test('a refusal takes a second when nobody says otherwise, whatever was wrong', async () => {
  const { url } = await served({ refusalAfter: undefined });
  const begun = performance.now();
  const body = new URLSearchParams({ name: 'nobody', token: 'wrong' });
  expect((await fetch(`${url}/login`, { method: 'POST', body })).status).toBe(401);
  // A bound from below only: timers do not go off early, but for rounding.
  expect(performance.now() - begun).toBeGreaterThan(990);
});
