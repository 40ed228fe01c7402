import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { errorCode, event, folder, newLog, objects, sizeOf, zegel } from './zegel.ts';

/** What `serve` begins itself anew with. */
const LEAN = 'MALLOC_ARENA_MAX=2';
const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

test('token new shows a token once; list and revoke know it by its id', async () => {
  const log = await newLog();
  const made = await zegel(['token', 'new', '--log', log, '--source', 'shop']);
  expect(made.out).toMatch(/^zegel_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\n$/);
  expect(made.err).toContain('not shown again');
  const json = await zegel(['token', 'new', '--log', log, '--source', 'desk', '--json']);
  expect(objects(json.out)).toMatchObject([{ source: 'desk', scopes: ['events'] }]);
  const id = made.out.split('_')[1] ?? '';
  expect((await zegel(['token', 'list', '--log', log])).out).toMatch(
    new RegExp(`^${id}  shop  events  made 2\\S+Z  used never\\n`),
  );
  expect(await zegel(['token', 'revoke', '--log', log, id])).toEqual({ status: 0, out: '', err: '' });
  expect(objects((await zegel(['token', 'list', '--log', log, '--json'])).out)).toMatchObject([
    { id, source: 'shop', used: null, revoked: expect.stringMatching(/Z$/) as string },
    { source: 'desk', revoked: null },
  ]);
  const unknown = await zegel(['token', 'revoke', '--log', log, 'nobody']);
  expect([unknown.status, errorCode(unknown.err)]).toEqual([2, 'TOKEN_UNKNOWN']);
  const nowhere = await zegel(['token', 'list', '--log', folder()]);
  expect([nowhere.status, errorCode(nowhere.err)]).toEqual([2, 'STORE_NOT_FOUND']);
});

/** `zegel serve` in a process of its own, once it listens. */
async function serving(
  log: string,
  ...more: readonly string[]
): Promise<{ child: ChildProcess; url: string }> {
  const argv = ['--no-warnings', BIN, 'serve', '--log', log, '--port', '0', '--state', `${folder()}/state`];
  const child = spawn(process.execPath, [...argv, ...more], { env: { ...process.env, NODE_OPTIONS: '' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '' };
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'serve takes events until %s, and then ends well',
  async (signal) => {
    const log = await newLog();
    const token = (await zegel(['token', 'new', '--log', log, '--source', 'shop'])).out.trim();
    const { child, url } = await serving(log);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event()),
    });
    expect(answer.status).toBe(201);
    await answer.text();
    const environ = process.platform === 'linux' ? readFileSync(`/proc/${child.pid}/environ`, 'utf8') : LEAN;
    expect(environ).toContain(LEAN);
    child.kill(signal);
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).toBe(0);
    expect(await sizeOf(log)).toBe(3);
  },
);

test('serve refuses an address that others reach without TLS', async () => {
  const log = await newLog();
  const { status, err } = await zegel(['serve', '--log', log, '--host', '0.0.0.0', '--port', '0']);
  expect([status, errorCode(err)]).toEqual([2, 'ADDRESS_OPEN']);
});

test.each([
  [[], '/'],
  [['--require-second-factor'], '/login/code'],
])('who is exempt comes in with a token, unless nobody may: %j', async (more, next) => {
  const log = await newLog();
  const add = ['user', 'add', 'anna', '--role', 'auditor', '--second-factor', 'optional', '--log', log];
  const token = (await zegel(add)).out.trim();
  const { url } = await serving(log, ...more);
  const body = new URLSearchParams({ name: 'anna', token });
  const answer = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, next]);
});

test('what is to be followed up is overdue after as many days as serve is told', async () => {
  const log = await newLog();
  const add = ['user', 'add', 'anna', '--role', 'auditor', '--second-factor', 'optional', '--log', log];
  const token = (await zegel(add)).out.trim();
  const { url } = await serving(log, '--overdue-days', '12');
  const body = new URLSearchParams({ name: 'anna', token });
  const answer = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('zegel=')) ?? '';
  const page = await fetch(`${url}/reviews?show=overdue`, {
    headers: { cookie: cookie.split(';', 1)[0] ?? '', 'accept-language': 'en' },
  });
  expect(await page.text()).toMatch(/\b12 days\b/);
});

test.each([
  [['--overdue-days', '0'], 'USAGE'],
  [['--overdue-days', 'soon'], 'USAGE'],
  [['--dev', '--require-second-factor'], 'DEV_OPEN'],
])('serve refuses %j', async (more, code) => {
  const log = await newLog();
  const { status, err } = await zegel(['serve', '--log', log, '--port', '0', ...more]);
  expect([status, errorCode(err)]).toEqual([2, code]);
});
