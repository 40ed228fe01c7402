import { describe, expect, test } from 'vitest';
import { noBrowser, sight, turnPage, violations } from './lib/browser.ts';
import { stage } from './lib/stage.ts';

describe.skipIf(noBrowser !== undefined)(
  `in a browser${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  () => {
    test.each([
      ['desk', false],
      ['phone', false],
      ['desk', true],
    ] as const)('a page is tidy on a %s (dark: %s)', async (size, dark) => {
      const { page, url, complaints, strangers } = await sight(await stage(), { size, dark });
      await page.goto(`${url}/nothing`);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
      expect(strangers).toEqual([]);
    });

    test('language and appearance change at once, and without JavaScript by a button', async () => {
      const { page, url } = await sight(await stage());
      await page.goto(`${url}/nothing`);
      await page.selectOption('select[name=language]', 'nl');
      await page.waitForURL('**/nothing');
      await expect.poll(() => page.getAttribute('html', 'lang')).toBe('nl');
      const plain = await sight(await stage(), { script: false });
      await plain.page.goto(`${plain.url}/nothing`);
      await plain.page.selectOption('select[name=theme]', 'dark');
      await turnPage(plain.page, '.preferences button');
      await expect.poll(() => plain.page.getAttribute('html', 'data-theme')).toBe('dark');
    });
  },
);
