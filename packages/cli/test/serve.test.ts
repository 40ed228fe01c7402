import { spawn } from 'node:child_process';
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

test.each(['SIGTERM', 'SIGINT'] as const)(
  'serve takes events until %s, and then ends well',
  async (signal) => {
    const log = await newLog();
    const token = (await zegel(['token', 'new', '--log', log, '--source', 'shop'])).out.trim();
    const argv = ['--no-warnings', BIN, 'serve', '--log', log, '--port', '0'];
    const child = spawn(process.execPath, argv, { env: { ...process.env, NODE_OPTIONS: '' } });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
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
