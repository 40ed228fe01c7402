import { describe, expect, test } from 'vitest';
import { noBrowser, sight, violations } from './lib/browser.ts';
import { read, stage } from './lib/stage.ts';

const events = Array.from({ length: 12 }, (_, n) =>
  read(n, n % 3 === 0 ? { activity: 'orders', fields: ['order'], outcome: 'denied' } : {}),
);

const why = noBrowser === undefined ? '' : `: ${noBrowser}`;
const options = { timeout: 60_000, skip: noBrowser !== undefined };

describe(`in a browser${why}`, options, () => {
  test('a query is completed by the keyboard, found, narrowed by a facet and zoomed', async () => {
    const { page, url, complaints, strangers } = await sight(await stage({ events }));
    await page.goto(url);
    const box = page.getByRole('combobox', { name: 'Search the log' });
    await page.keyboard.press('/');
    await page.keyboard.press('Delete');
    await page.keyboard.type('outc');
    await page.getByRole('option', { name: 'outcome:' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'denied' }).waitFor();
    await page.keyboard.type('den');
    await page.getByRole('option', { name: 'success' }).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe('q-way-0');
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('outcome:denied');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '4 entries found' }).waitFor();
    expect(page.url()).toBe(`${url}/?q=outcome%3Adenied`);
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.waitForURL(/activity/);
    await page.locator('.histogram svg a').first().click({ force: true });
    await page.waitForURL(/after/);
    expect(await page.locator('#rows tr').count()).toBe(4);
    expect([complaints, strangers]).toEqual([[], []]);
  });

  test('j and k go along the entries, Enter opens one', async () => {
    const { page, url } = await sight(await stage({ events }));
    await page.goto(url);
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    expect(await page.evaluate(`document.activeElement.getAttribute('href')`)).toBe('/entries/12');
    await page.keyboard.press('Enter');
    await page.locator('dialog.drawer[open] h2', { hasText: 'Entry 12' }).waitFor();
  });

  test('new entries appear by themselves', async () => {
    const at = await stage({ events });
    const { page, url, complaints } = await sight(at);
    await page.goto(url);
    await page.getByRole('button', { name: 'Follow new entries' }).click();
    await page.getByText('New entries appear by themselves.').waitFor();
    await at.log.append([read(77)]);
    const first = page.locator('#rows tr').first();
    await expect.poll(() => first.getAttribute('data-index'), { timeout: 30_000 }).toBe('15');
    expect(await page.locator('.tail p').textContent()).toBe('New entries appear by themselves.');
    expect(at.told).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe(`in a browser, for everybody${why}`, options, () => {
  test('without JavaScript it searches, narrows and asks why, and a name gets into no address', async () => {
    const { page, url } = await sight(await stage({ events }), { script: false });
    await page.goto(url);
    await page.getByRole('textbox', { name: 'Search the log' }).fill('subject:customer:c-4 action:read');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByLabel('Reason').fill('request for access 12');
    expect(page.url()).not.toContain('c-4');
    await page.getByRole('button', { name: 'Search with this reason' }).click();
    await page.getByRole('heading', { name: '1 entry found' }).waitFor();
    expect(page.url()).toMatch(/\/\?q=subject%3A%7E[0-9a-f]{16}\+action%3Aread$/);
    await page.getByText('As a table').click();
    expect(await page.getByRole('link', { name: /^2\d{3}-/ }).count()).toBeGreaterThan(0);
  });

  test('a name that came by an address does not stay there', async () => {
    const { page, url } = await sight(await stage({ events }));
    await page.goto(`${url}/?q=subject:customer:c-4`);
    await page.waitForURL(`${url}/`);
    expect(await page.getByLabel('Search the log').inputValue()).toBe('subject:customer:c-4');
  });

  test.each([
    ['desk', 'nl', false],
    ['phone', 'en', true],
  ] as const)('on a %s, in %s, dark: %s, it can be used by all and fits', async (size, language, dark) => {
    const { page, url, complaints } = await sight(await stage({ events }), { size, language, dark });
    for (const path of ['/', '/?q=kind:access+shoe:x', '/?q=subject:customer:c-4', '/?q=nosuchword']) {
      await page.goto(url + path);
      expect([path, await violations(page)]).toEqual([path, []]);
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([path, wide]).toEqual([path, 0]);
    }
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });
});
