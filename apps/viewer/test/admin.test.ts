import { expect, test } from 'vitest';
import { browsing, door, loggedIn } from './lib/log-in.ts';
import { entries } from './served.ts';

const secretOn = async (answer: Promise<Response>): Promise<string> =>
  /class="secret">([^<]+)</.exec(await (await answer).text())?.[1] ?? '';

/** Entries of the administration: what, how, how many persons. */
async function changes(dir: string): Promise<unknown[]> {
  const all = await entries(dir);
  return all
    .filter(({ operation }) => /^viewer\.(?:users|tokens)$/.test(String(operation)))
    .map(({ operation, action, fields, subjectCount }) => [operation, action, fields, subjectCount]);
}

test('an administrator adds a user, whose token is shown once and works', async () => {
  const here = await door();
  const root = await loggedIn(here, 'root', 'admin');
  expect((await root.get('/login')).headers.get('location')).toBe('/admin');
  const fields = { name: 'bob', role: 'security', days: '30', exempt: 'yes' };
  expect((await root.post('/admin/users', fields)).headers.get('location')).toBe('/admin');
  const token = await secretOn(root.get('/admin'));
  expect(token).toMatch(/^login_/);
  expect(await (await root.get('/admin')).text()).not.toContain('login_');
  expect((await browsing(here).post('/login', { name: 'bob', token })).headers.get('location')).toBe('/');
  expect(await changes(here.dir)).toEqual([['viewer.users', 'create', ['name', 'roles'], 1]]);
});

test('roles hold from the next request on, and what ends a log-in ends its sessions', async () => {
  const here = await door();
  const root = await loggedIn(here, 'root', 'admin');
  const bob = await loggedIn(here, 'bob', 'security');
  const change = (verb: string, fields = {}): Promise<Response> =>
    root.post(`/admin/users/bob/${verb}`, fields);
  expect((await bob.get('/admin')).status).toBe(403);
  expect((await change('roles', { role: 'admin' })).status).toBe(303);
  expect((await bob.get('/admin')).status).toBe(200);
  for (const verb of ['reset', 'revoke']) {
    const session = here.services.sessions.begin('bob', new Set(), true, here.access.users.get('bob').epoch);
    const cookie = { cookie: `zegel=${session}` };
    expect((await browsing(here).get('/account', cookie)).status).toBe(200);
    expect((await change(verb)).status).toBe(303);
    expect((await browsing(here).get('/account', cookie)).status, verb).toBe(303);
  }
  expect((await bob.get('/account')).headers.get('location')).toBe('/login');
  await change('token', { days: '1' });
  const token = await secretOn(root.get('/admin/users/bob'));
  expect((await browsing(here).post('/login', { name: 'bob', token })).status).toBe(303);
  await change('exempt');
  expect((await browsing(here).post('/login', { name: 'bob', token })).headers.get('location')).toBe(
    '/login/code',
  );
  expect(await changes(here.dir)).toEqual(
    ['roles', 'reset', 'revoke', 'token', 'exempt'].map((what) => ['viewer.users', 'update', [what], 1]),
  );
});

test('nobody changes their own roles or access', async () => {
  const here = await door();
  const root = await loggedIn(here, 'root', 'admin');
  expect(await (await root.get('/admin/users/root')).text()).not.toContain('action="/admin/users/root');
  for (const verb of ['roles', 'exempt', 'token', 'reset', 'revoke'])
    expect((await root.post(`/admin/users/root/${verb}`, { role: 'privacy', days: '1' })).status).toBe(409);
  expect(here.access.users.get('root').roles).toEqual(['admin']);
  expect(await changes(here.dir)).toEqual([]);
});

test('what can not be is told on the page, changes nothing and is no entry', async () => {
  const here = await door();
  const root = await loggedIn(here, 'root', 'admin');
  await here.access.users.add('bob', ['security']);
  for (const [path, fields, words] of [
    ['/admin/users', { name: 'Bob B', role: 'admin', days: '1' }, 'A name has'],
    ['/admin/users', { name: 'bob', role: 'admin', days: '1' }, 'There is a user'],
    ['/admin/users', { name: 'carl', days: '1' }, 'Choose one or more'],
    ['/admin/users', { name: 'carl', role: 'root', days: '1' }, 'Choose one or more'],
    ['/admin/users', { name: 'carl', role: 'admin', days: '367' }, '1 to 366 days'],
    ['/admin/users', { name: 'carl', role: 'admin', days: '1e1' }, '1 to 366 days'],
    ['/admin/users/bob/roles', {}, 'Choose one or more'],
    ['/admin/users/bob/token', {}, '1 to 366 days'],
    ['/admin/tokens', { source: 'No Source' }, 'A source has'],
  ] as const) {
    const answer = await root.post(path, fields);
    expect([answer.status, await answer.text()], path).toEqual([422, expect.stringContaining(words)]);
  }
  for (const path of ['/admin/users/nobody/roles', '/admin/users/bob/constructor', '/admin/tokens/0/revoke'])
    expect((await root.post(path, { role: 'admin' })).status, path).toBe(404);
  expect(here.access.users.all().map(({ name }) => name)).toEqual(['bob', 'root']);
  expect(await changes(here.dir)).toEqual([]);
});

test('service tokens are made, shown once, and revoked', async () => {
  const here = await door();
  const root = await loggedIn(here, 'root', 'admin');
  await root.post('/admin/tokens', { source: 'shop', scope: 'events' });
  const token = await secretOn(root.get('/admin/tokens'));
  const page = await (await root.get('/admin/tokens')).text();
  expect(page).not.toContain(token);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send = async (): Promise<number> =>
    (await here.app.request('/v1/events', { method: 'POST', headers, body: '[]' })).status;
  const before = await send();
  expect(before).not.toBe(401);
  const [made] = here.access.tokens();
  expect(made).toMatchObject({ source: 'shop', scopes: ['events'] });
  await root.post(`/admin/tokens/${made?.id}/revoke`);
  expect(await send()).toBe(401);
  expect(await changes(here.dir)).toEqual([
    ['viewer.tokens', 'create', ['token'], 0],
    ['viewer.tokens', 'update', ['token'], 0],
  ]);
});
