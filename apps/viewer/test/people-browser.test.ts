import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { noBrowser, type Sight, sight, turnPage, violations } from './lib/browser.ts';
import { read, type Stage, stage } from './lib/stage.ts';

const LOOKS = [
  { size: 'desk', dark: true },
  { size: 'phone', language: 'nl' },
  ...(process.env['ZEGEL_TEST_WHOLE'] === undefined ? [] : ([{ size: 'desk' }, { size: 'phone' }] as const)),
] as const;

/** Some accesses on three days, one of them denied. */
function staged(): Promise<Stage> {
  const at = (time: string, n: number, more: Parameters<typeof read>[1] = {}): ReturnType<typeof read> =>
    read(n, { occurred: `2026-07-${time}.000Z`, ...more });
  const many = Array.from({ length: 12 }, (_, n) => ({ type: 'customer', id: `c-${n}` }));
  return stage({
    events: [
      at('01T08:00:00', 1),
      at('01T08:05:00', 1, { fields: ['order'] }),
      at('01T09:00:00', 1, {
        action: 'search',
        subjects: many.map((one) => ({ ...one, involvement: 'shown' })),
      }),
      at('02T22:10:00', 1, { outcome: 'denied', actor: { kind: 'employee', id: 'e-8', role: 'planner' } }),
      at('03T06:00:00', 1, {
        ...{ activity: 'orders', action: 'disclose', fields: ['name'], recipient: 'delivery' },
        actor: { kind: 'system', id: 'invoice-job' },
      }),
    ],
  });
}

async function expectTidy({ page, complaints, strangers }: Sight): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
  const folder = process.env['ZEGEL_TEST_SHOTS'];
  if (folder === undefined) return;
  const name = new URL(page.url()).pathname.replaceAll('/', '-').replaceAll(/[0-9a-f]{16}|[\w-]{22}$/g, 'x');
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.screenshot({
    path: `${folder}/people${name}-${width}-${Date.now() % 100_000}.png`,
    fullPage: true,
  });
}

async function typePerson(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/persons`);
  await page.fill('#type', 'customer');
  await page.fill('#id', 'c-1');
  await page.fill('#reason', 'request of 3 July');
}

describe.skipIf(noBrowser !== undefined)(
  `persons, reviews and exports in a browser${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  () => {
    test.each(LOOKS)('name a person, read the view, export it: %j', async (look) => {
      const seen = await sight(await staged(), look);
      const { page, url } = seen;
      await typePerson(page, url);
      await expectTidy(seen);
      await turnPage(page, '.person-form button');
      await page.waitForURL(/\/persons\/[0-9a-f]{16}\?as=subject$/);
      await expectTidy(seen);
      await turnPage(page, 'a[href^="/exports?person="]');
      await expectTidy(seen);
      await turnPage(page, '.export-form button');
      await page.waitForURL(/\/exports\/[\w-]{22}$/);
      await expectTidy(seen);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
      expect(readFileSync(await download.path(), 'utf8').split('\r\n').length).toBeGreaterThan(5);
      // The page tells by itself that it is done.
      await page.waitForSelector('#export:not([hx-get])');
      await expectTidy(seen);
    });

    test.each(LOOKS)('mark, list and settle: %j', async (look) => {
      const seen = await sight(await staged(), look);
      const { page, url } = seen;
      await page.goto(`${url}/reviews/of/5`);
      await expectTidy(seen);
      await page.check('input[value=follow-up]');
      await page.fill('textarea', 'Why at night?\nAsk the planner.');
      await turnPage(page, '.review-form button');
      await page.waitForURL(/\/entries\/5$/);
      await page.goto(`${url}/reviews`);
      seen.complaints.length = 0; // the entry's own page is tried elsewhere
      await page.click('.open-items summary');
      await expectTidy(seen);
      await page.check('input[value=in-order]');
      await turnPage(page, '.review-form button');
      await page.waitForURL(/show=done/);
      await expectTidy(seen);
    });
  },
);

describe.skipIf(noBrowser !== undefined)(
  `from an entry and a result${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  () => {
    test.each([true, false])('reveal and review (JavaScript: %s)', async (script) => {
      const seen = await sight(await staged(), { script });
      const { page, url } = seen;
      await page.goto(`${url}/entries/5`);
      await page.click('.entry-action summary');
      await page.fill('.reveal-form textarea', 'suspected misuse');
      await page.click('.reveal-form button');
      await expect.poll(() => page.textContent('main')).toContain('e-8');
      await page.goto(`${url}/entries/5`);
      await page.click('a[href="/reviews/of/5"]');
      await page.check('.review-form input[value=in-order]');
      expect(new URL(page.url()).pathname).toBe(script ? '/entries/5' : '/reviews/of/5');
      await turnPage(page, '.review-form button');
      await page.waitForURL(/\/entries\/5$/);
      expect(seen.strangers).toEqual([]);
    });

    test('the result of a query is reviewed in one go, and exported', async () => {
      const seen = await sight(await staged());
      const { page, url } = seen;
      await page.goto(`${url}/?q=${encodeURIComponent('activity:contact')}`);
      await page.click('.result-actions summary');
      await expectTidy(seen);
      await page.check('.review-form input[value=in-order]');
      await turnPage(page, '.review-form button');
      await page.waitForURL(/made=4&own=0$/);
      await page.goBack();
      await turnPage(page, '.result-actions a');
      expect(await page.inputValue('#q')).toBe('activity:contact');
    });
  },
);

describe.skipIf(noBrowser !== undefined)(
  `exports in a browser${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  () => {
    test('all of it without JavaScript, and by keyboard', async () => {
      const { page, url } = await sight(await staged(), { script: false });
      await typePerson(page, url);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/persons\/[0-9a-f]{16}/);
      await page.goto(`${url}/exports`);
      await page.fill('#q', 'kind:access');
      await page.fill('#reason', 'yearly audit');
      await turnPage(page, '.export-form button');
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('customer ▪');
      await expect
        .poll(async () => {
          await page.reload();
          return page.textContent('#export [role=status]');
        })
        .toContain('fetched');
    });

    test('an export whose page is closed in the middle is stopped', async () => {
      // Some 12 MB: more than lies between two ends of a connection.
      const subjects = Array.from({ length: 300 }, (_, n) => ({ type: 'customer', id: `c-${n}` }));
      const set = await stage({ events: Array.from({ length: 400 }, (_, n) => read(n, { subjects })) });
      const { page, url } = await sight(set);
      await page.goto(`${url}/exports`);
      await page.check('input[value=jsonl]');
      await page.fill('#reason', 'yearly audit');
      await turnPage(page, '.export-form button');
      await page.waitForURL(/\/exports\/[\w-]{22}$/);
      const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
      const controller = new AbortController();
      const answer = await fetch(`${page.url()}/file`, { headers: { cookie }, signal: controller.signal });
      await answer.body?.getReader().read();
      controller.abort();
      await expect
        .poll(() => page.textContent('#export [role=status]'), { timeout: 15_000 })
        .toContain('stopped');
    });
  },
);
