import { describe, expect, test } from 'vitest';
import { browsing, codesOf, door, keyOn } from './lib/log-in.ts';
import { read, stage } from './lib/stage.ts';

/** Where the viewer is, for those who ask it here. */
const ORIGIN = 'http://localhost';

/** Where the choice of language and appearance on a page leads back to. */
const backOn = (html: string): string =>
  (/name="back" value="([^"]*)"/.exec(html)?.[1] ?? 'none').replaceAll('&amp;', '&');

describe('language and appearance', () => {
  test('lead back to the same address, with its query', async () => {
    const { get, post } = await stage({ events: [read(1), read(2)] });
    for (const path of ['/?q=outcome%3Asuccess+action%3Aread&below=3', '/reviews?show=done', '/integrity']) {
      const back = backOn(await (await get(path)).text());
      expect(back).toBe(path);
      const answer = await post('/preferences', { language: 'nl', back });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    }
  });

  test('but not to a query that names somebody, or might', async () => {
    const { get } = await stage({ events: [read(1)] });
    for (const q of [
      'subject:customer:c-1',
      'subject:customer:c-1 "never closed',
      'action:read&q=subject:customer:c-1',
    ]) {
      const html = await (await get(`/?q=${q.includes('&') ? q : encodeURIComponent(q)}`)).text();
      expect(backOn(html), q).toBe('/');
    }
  });
});

describe('a log-in', () => {
  test('leads on to the page that was asked for, once', async () => {
    const here = await door();
    const { text: token } = await here.access.users.add('anna', ['auditor']);
    const browser = browsing(here);
    const asked = await browser.get('/?q=outcome%3Adenied&below=2');
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/login']);
    expect(asked.headers.getSetCookie().join()).toMatch(
      /^zegel-next=[^;]+; Max-Age=900; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    await browser.post('/login', { name: 'anna', token: 'wrong' });
    await browser.post('/login', { name: 'anna', token });
    const key = keyOn(await (await browser.get('/login/code')).text());
    const code = await codesOf(key);
    const done = await browser.post('/login/code', { code: code() });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/?q=outcome%3Adenied&below=2']);
    expect([...browser.cookies.keys()]).toEqual(['zegel']);
    here.services.sessions.endAllOf('anna');
    await browser.post('/login', { name: 'anna', token });
    const again = await browser.post('/login/code', { code: code(1) });
    expect(again.headers.get('location')).toBe('/');
  });

  test('leads back to the page of a form that was sent too late, if it was a page of ours', async () => {
    const here = await door();
    const { text: token } = await here.access.users.add('anna', ['auditor'], { exempt: true });
    const browser = browsing(here);
    const late = (referer: string): Promise<Response> =>
      browser.post('/persons', { type: 'customer', id: 'c-1' }, { referer });
    for (const elsewhere of ['http://evil.example/exports', 'nothing', ORIGIN]) {
      await late(elsewhere);
      expect([...browser.cookies.keys()], elsewhere).toEqual([]);
    }
    const answer = await late(`${ORIGIN}/reviews?q=subject:customer:c-1`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('<a href="/login">');
    expect(browser.cookies.get('zegel-next')).toBe('%2Freviews');
    await late(`${ORIGIN}/reviews?show=done`);
    const done = await browser.post('/login', { name: 'anna', token });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/reviews?show=done']);
  });

  test('leads nobody to what is posted, to a fragment, a stream or a name', async () => {
    const here = await door();
    const browser = browsing(here);
    await browser.post('/persons', { type: 'customer', id: 'c-1' });
    await browser.get('/entries/2', { 'hx-request': 'true' });
    await browser.get('/?q=subject:customer:c-1');
    await browser.get('/tail?q=outcome%3Adenied', { accept: 'text/event-stream' });
    await browser.get('/exports', { 'sec-fetch-dest': 'empty' });
    expect([...browser.cookies.keys()]).toEqual([]);
    await browser.get('/reviews?q=subject:customer:c-1');
    expect(browser.cookies.get('zegel-next')).toBe('%2Freviews');
    await browser.post('/logout');
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/./\\evil.example',
    'javascript:alert(1)',
  ])('leads nowhere else, whatever the cookie says: %s', async (next) => {
    const here = await door();
    const { text: token } = await here.access.users.add('anna', ['admin'], { exempt: true });
    const browser = browsing(here);
    browser.cookies.set('zegel-next', encodeURIComponent(next));
    const answer = await browser.post('/login', { name: 'anna', token });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin']);
  });
});
