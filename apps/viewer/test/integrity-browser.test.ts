import { describe, expect, test } from 'vitest';
import { noBrowser, sight, turnPage, violations } from './lib/browser.ts';
import { read, stage, type Stage } from './lib/stage.ts';
import { changeBody } from './lib/tamper.ts';

const events = Array.from({ length: 120 }, (_, n) => read(n));

/** A log with everything that the page can show. */
async function eventful(): Promise<Stage> {
  const at = await stage({ events });
  const cover = { activity: 'contact', rule: 'retention', cutoff: new Date().toISOString(), handles: [] };
  await at.log.record({ kind: 'retention', bodies: [{ ...cover, ranges: [[40, 61]] }] });
  const [from, to] = ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'];
  await at.log.record({
    kind: 'gap',
    bodies: [{ activity: 'contact', service: 'dashboard', count: 3, from, to }],
  });
  for (let n = 0; n < 12; n++) await at.log.append([read(n)]);
  await at.services.integrity.runFull();
  return at;
}

describe.skipIf(noBrowser !== undefined)(
  `the integrity page in a browser${noBrowser === undefined ? '' : `: ${noBrowser}`}`,
  () => {
    test.each([
      ['desk', 'en', false],
      ['phone', 'nl', false],
      ['desk', 'nl', true],
    ] as const)('is tidy, green and red, on a %s in %s (dark: %s)', async (size, language, dark) => {
      const at = await eventful();
      const { page, url, complaints, strangers } = await sight(at, { size, dark, language });
      for (const state of ['good', 'failed'] as const) {
        if (state === 'failed') await changeBody(at.dir, 77);
        if (state === 'failed') await at.services.integrity.runFull();
        await page.goto(`${url}/integrity`);
        expect(await page.getAttribute('section.standing', 'class')).toBe(`standing ${state}`);
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        const folder = process.env['ZEGEL_TEST_SCREENSHOTS'];
        if (folder !== undefined)
          await page.screenshot({
            path: `${folder}/integrity-${state}-${size}-${language}.png`,
            fullPage: true,
          });
      }
      expect([complaints, strangers]).toEqual([[], []]);
    });

    test('what somebody asks for goes on before their eyes, and a failure turns the open page red', async () => {
      const at = await eventful();
      const { page, url, complaints } = await sight(at, { roles: ['security'] });
      await page.goto(`${url}/integrity`);
      await page.focus('#verify');
      await page.keyboard.press('Enter');
      await page.waitForSelector('progress');
      await page.waitForSelector('progress', { state: 'detached' });
      expect(await page.textContent('#standing')).toBe('In order');
      await changeBody(at.dir, 77);
      void at.services.integrity.runFull();
      await page.waitForSelector('.standing.failed');
      expect(await page.textContent('table.findings')).toContain('changed after it was recorded');
      expect(await page.isVisible('progress')).toBe(false);
      expect(complaints).toEqual([]);
    });

    test('without JavaScript everything is checked as well, and the page is loaded again', async () => {
      const at = await eventful();
      const { page, url } = await sight(at, { roles: ['security'], script: false });
      await page.goto(`${url}/integrity`);
      await turnPage(page, '#verify');
      await page.waitForSelector('progress');
      while ((await page.$('progress')) !== null) await turnPage(page, 'text=Reload');
      expect(await page.textContent('section:last-of-type tbody tr:first-child')).toContain('asked for');
    });
  },
);
