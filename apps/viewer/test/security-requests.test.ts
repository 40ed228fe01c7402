import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AccessFile } from '../src/access/access-file.ts';
import { listen } from '../src/http/listen.ts';
import { door } from './lib/log-in.ts';
import { stage } from './lib/stage.ts';
import { served } from './served.ts';

/** Sends bytes as they are and gives what comes back until the other side closes. */
async function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')));
  socket.on('error', () => undefined); // closed on us: what came is the answer
  socket.write(text, 'latin1');
  await new Promise((resolve) => socket.on('close', resolve));
  return answer;
}

const get = (url: string, target: string, more = ''): Promise<string> =>
  raw(url, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}Connection: close\r\n\r\n`);

const form = (url: string, path: string, body: string, more = ''): Promise<string> =>
  raw(
    url,
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: ${body.length}\r\n${more}Connection: close\r\n\r\n${body}`,
  );

const statusOf = (answer: string): number => Number(answer.split(' ')[1] ?? 0);

test('nothing but styles and scripts is served from the package, however the path is written', async () => {
  const { url } = await served();
  for (const target of [
    '/public/../package.json',
    '/public/../../../../../../etc/passwd',
    '/public/%2e%2e/package.json',
    '/public/%2e%2e%2fpackage.json',
    '/public/..%5cpackage.json',
    '/public/..\\package.json',
    '/public/%252e%252e/package.json',
    '/public//etc/passwd',
    '/public/css/base.css',
    '/public/css/base.css%00',
    '/public/%c0%ae%c0%ae/package.json',
    '/public/constructor',
    '/public/',
    '/public',
  ]) {
    const answer = await get(url, target);
    expect([400, 404], target).toContain(statusOf(answer));
    expect(answer, target).not.toMatch(/root:|"name": "@zegel|:root \{/);
  }
});

test('what is sent becomes no header, and no other host', async () => {
  const { url } = await served();
  const evil = '%0d%0aset-cookie:%20evil=1%0d%0a%0d%0a<script>';
  const answers = [
    await get(url, `/${evil}`),
    await get(url, `/login?to=${evil}`),
    await form(url, '/login', `name=${evil}&token=${evil}`),
    await form(url, '/login/code', `code=${evil}`, `Cookie: zegel-halfway=${evil}\r\n`),
    await form(url, '/preferences', `language=${evil}&theme=${evil}&back=/${evil}`),
    await get(url, '/account', 'Host: evil.example\r\nX-Forwarded-Host: evil.example\r\n'),
    await get(url, '/account', 'X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\n'),
  ];
  for (const answer of answers) {
    const [head = ''] = answer.split('\r\n\r\n');
    expect(head).not.toMatch(/evil/);
    expect(answer).not.toContain('<script>');
  }
});

test('a body over the limit is refused, said or streamed', async () => {
  const { url } = await served();
  const big = `name=${'a'.repeat(300_000)}`;
  const chunk = `${(65_536).toString(16)}\r\n${'a'.repeat(65_536)}\r\n`;
  for (const path of ['/login', '/preferences', '/nothing']) {
    expect(statusOf(await form(url, path, big)), path).toBe(413);
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await raw(url, `${head}${chunk.repeat(6)}0\r\n\r\n`)), path).toBe(413);
  }
  expect(statusOf(await get(url, `/${'a'.repeat(100_000)}`))).toBe(431);
  expect(statusOf(await get(url, '/login', `X-Long: ${'a'.repeat(100_000)}\r\n`))).toBe(431);
});

test('many fields, or fields of one name, cost no more than their bytes', async () => {
  const { post } = await stage({ roles: ['admin'] });
  const body = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, '']));
  expect((await post('/admin/users', { ...body, __proto__: 'x', constructor: 'x' })).status).toBe(422);
});

test('whoever sends slowly holds up nobody else, and is cut off', async () => {
  const { app } = await stage();
  const timeouts = { headers: 300, request: 600 };
  const place = { host: '127.0.0.1', port: 0, tls: undefined, behindProxy: false, timeouts };
  const listening = await listen((request, env) => app.fetch(request, env), place);
  onTestFinished(() => listening.close(0));
  const { url } = listening;
  const head =
    'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n';
  const slow = [
    ...Array.from({ length: 40 }, () => raw(url, head)),
    ...Array.from({ length: 40 }, () => raw(url, `${head}\r\nname=`)),
  ];
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
});

test('of many guesses at once no more are looked at than one after the other', async () => {
  const here = await door();
  await here.access.users.add('anna', ['auditor']);
  const guess = async (): Promise<number> => {
    const body = new URLSearchParams({ name: 'anna', token: `login_${'0'.repeat(16)}_${'A'.repeat(43)}` });
    return (await here.app.request('/login', { method: 'POST', body })).status;
  };
  const statuses = await Promise.all(Array.from({ length: 30 }, guess));
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(25);
});

test('behind a proxy guesses count for the address that the proxy saw, whatever was sent along', async () => {
  const { url, log } = await served({ behindProxy: true });
  const access = new AccessFile(log);
  onTestFinished(() => access.close());
  const attempts = { name: '', address: '203.0.113.9' };
  for (let i = 0; i < 20; i++) access.attempts.begin({ ...attempts, name: `n${i}` }, Date.now());
  const from = (list: string): Promise<string> =>
    form(url, '/login', 'name=x&token=y', `X-Forwarded-For: ${list}\r\n`);
  expect(statusOf(await from('198.51.100.7, 203.0.113.9'))).toBe(429);
  expect(statusOf(await from('203.0.113.9, 198.51.100.7'))).toBe(401);
});
