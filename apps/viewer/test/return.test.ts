import { describe, expect, test } from 'vitest';
import { read, stage } from './lib/stage.ts';

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
