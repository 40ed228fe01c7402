import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noBrowser, sight, turnPage, violations } from './lib/browser.ts';
import { editBody } from './lib/edit-body.ts';
import { read, stage } from './lib/stage.ts';

const events = [1, 2, 3, 4, 5].map((n) => read(n));
/** A machine under load takes its time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });
const BADGE = '.proof [data-badge]';
const STEP = (name: string): string => `.proof li[data-step-name="${name}"]`;

describe.skipIf(noBrowser !== undefined)(
  `an entry in a browser${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  { timeout: 60_000 },
  () => {
    test.each([
      ['desk', false, 'en'],
      ['phone', false, 'nl'],
      ['desk', true, 'nl'],
    ] as const)('is proved and tidy on a %s (dark: %s, %s)', async (size, dark, language) => {
      const { page, url, complaints, strangers } = await sight(await stage({ events }), {
        size,
        dark,
        language,
      });
      await page.goto(`${url}/entries/4`);
      await soon(() => page.getAttribute(BADGE, 'data-state')).toBe('verified');
      expect(await page.textContent(BADGE)).toBe(language === 'nl' ? 'geverifieerd' : 'verified');
      expect(await page.locator('.proof-steps li.good').count()).toBe(5);
      for (const summary of await page.locator('.entry summary').all()) await summary.click();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      await shot(page, `entry-${size}-${dark ? 'dark' : 'light'}-${language}`);
      expect(complaints).toEqual([]);
      expect(strangers).toEqual([]);
    });

    test('shows what was changed: the body, its hash, or a neighbour', async () => {
      const on = await stage({ events });
      const { page, url } = await sight(on);
      await editBody(on, 4, (text) => text.replace('"support"', '"planner"'));
      await page.goto(`${url}/entries/4`);
      await soon(() => page.getAttribute(BADGE, 'data-state')).toBe('failed');
      expect(await page.getAttribute(STEP('leaf'), 'class')).toBe('failed');
      expect(await page.textContent(STEP('leaf'))).toContain(
        'the bytes give another hash: they were changed',
      );
      expect(await page.getAttribute(STEP('signature'), 'class')).toBe('good');
      await shot(page, 'entry-failed');
      await page.goto(`${url}/entries/3`);
      await soon(() => page.getAttribute(BADGE, 'data-state')).toBe('failed');
      expect(await page.getAttribute(STEP('next'), 'class')).toBe('failed');
      expect(await page.getAttribute(STEP('leaf'), 'class')).toBe('good');
    });

    test('works without JavaScript but for the check itself, which then has a command', async () => {
      const { page, url } = await sight(await stage({ events }), { script: false });
      await page.goto(`${url}/entries/4`);
      expect(await page.textContent('.entry-sentence')).toContain('read e-mail address and name of customer');
      expect(await page.textContent('noscript')).toContain('needs JavaScript');
      await page.click('.proof-offline summary');
      expect(await page.isVisible('[data-command]')).toBe(true);
      await turnPage(page, 'a[rel=next]');
      expect(await page.textContent('h1')).toBe('Entry 5');
    });

    test('is walked through by keyboard', async () => {
      const { page, url } = await sight(await stage({ events }));
      await page.goto(`${url}/entries/4`);
      await page.focus('.proof-offline summary');
      await page.keyboard.press('Enter');
      expect(await page.isVisible('[data-command]')).toBe(true);
      await page.focus('a[rel=prev]');
      await page.keyboard.press('Enter');
      await soon(() => page.textContent('h1')).toBe('Entry 3');
    });
  },
);

describe.skipIf(noBrowser !== undefined)(
  `an entry in a drawer${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  { timeout: 60_000 },
  () => {
    test.each(['desk', 'phone'] as const)('opens in a drawer beside the search on a %s', async (size) => {
      const { page, url, complaints } = await sight(await stage({ events }), { size });
      await page.goto(`${url}/?q=kind:access`);
      await page.locator('tr[data-index="5"] a.open').click();
      await soon(() => page.getAttribute(`dialog ${BADGE}`, 'data-state')).toBe('verified');
      expect(new URL(page.url()).pathname).toBe('/');
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      await shot(page, `entry-drawer-${size}`);
      await page.click('dialog a[rel=prev]');
      await soon(() => page.textContent('dialog h2')).toContain('Entry 4');
      await soon(() => page.getAttribute(`dialog ${BADGE}`, 'data-state')).toBe('verified');
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog[open]').count()).toBe(0);
      expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('/entries/5');
      await page.keyboard.press('Enter');
      await soon(() => page.textContent('dialog h2')).toContain('Entry 5');
      await page.click('dialog .entry-close button');
      expect(await page.locator('dialog[open]').count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    test('leads to the log-in where the session is over, and to its own page without JavaScript', async () => {
      const on = await stage({ events });
      const { page, url } = await sight(on);
      await page.goto(`${url}/?q=kind:access`);
      await page.context().clearCookies();
      await page.locator('tr[data-index="5"] a.open').click();
      await page.waitForURL('**/login**');
      const plain = await sight(on, { script: false });
      await plain.page.goto(`${plain.url}/?q=kind:access`);
      await turnPage(plain.page, 'tr[data-index="5"] a.open');
      expect(await plain.page.textContent('h1')).toBe('Entry 5');
    });
  },
);

/** Keeps a picture where somebody asks for them. */
async function shot(page: { screenshot: (options: object) => Promise<Buffer> }, name: string): Promise<void> {
  const folder = process.env['ZEGEL_TEST_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ fullPage: true }));
}
