import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { localPath } from '../src/http/local-path.ts';
import { stage } from './lib/stage.ts';

test('every answer carries the headers that keep others out', async () => {
  const { get } = await stage();
  for (const path of ['/nothing', '/healthz', '/v1/events']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('what is not there is a page to a browser and a problem document to others', async () => {
  const { get } = await stage();
  const page = await get('/nothing');
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
  const text = await page.text();
  expect(text).toMatch(/^<!doctype html><html lang="en"/);
  expect(text).not.toMatch(/<script>|\sstyle=|\son[a-z]+=/);
  const other = await get('/nothing', { accept: '*/*' });
  expect(await other.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

test('styles and scripts are served under addresses of their contents, and nothing else is', async () => {
  const { get, services } = await stage();
  for (const path of [services.assets.css, services.assets.htmx, services.assets.script('base')]) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  }
  for (const path of ['/public/../package.json', '/public/%2e%2e/package.json', '/public/css/base.css'])
    expect((await get(path)).status).toBe(404);
});

test('pages and scripts go out small to whom can read them', async () => {
  const { get, services } = await stage();
  const page = await get('/nothing', { 'accept-encoding': 'gzip, br' });
  expect(page.headers.get('content-encoding')).toBe('gzip');
  const plain = await (await get('/nothing')).text();
  const zipped = gunzipSync(Buffer.from(await page.arrayBuffer())).toString();
  expect(zipped).toHaveLength(plain.length);
  const script = await get(services.assets.htmx, { 'accept-encoding': 'gzip, br' });
  expect(script.headers.get('content-encoding')).toBe('br');
  const bare = await (await get(services.assets.htmx)).text();
  expect(brotliDecompressSync(Buffer.from(await script.arrayBuffer())).toString()).toBe(bare);
});

test('language and appearance are kept, and lead back to a page of ours', async () => {
  const { post } = await stage();
  const answer = await post('/preferences', { language: 'nl', theme: 'dark', back: '/integrity' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/integrity']);
  expect(answer.headers.getSetCookie().join()).toMatch(/zegel-language=nl.*zegel-theme=dark/);
});

test.each([
  undefined,
  '',
  'x',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  '/./\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'https:',
  'javascript:alert(1)',
  '/a\r\nx',
])('never leads elsewhere: %j', (text) => expect(localPath(text)).toBe('/'));

test('nor is a query lost on the way', () => expect(localPath('/a?b=//c&d=%0d')).toBe('/a?b=//c&d=%0d'));

test('a change without the token of the session is refused', async () => {
  const { post, as } = await stage();
  expect((await post('/preferences', { csrf: 'guessed' })).status).toBe(403);
  expect((await post('/preferences', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await as().post('/preferences', { csrf: '' })).status).toBe(303);
});
