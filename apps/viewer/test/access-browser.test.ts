import { expect, test } from 'vitest';
import { noBrowser, sight, turnPage, violations } from './lib/browser.ts';
import { codesOf, door, keyOn } from './lib/log-in.ts';

test.skipIf(noBrowser !== undefined).for([
  { script: true, language: 'nl', size: 'desk' },
  { script: false, language: 'en', size: 'phone', dark: true },
] as const)('somebody logs in, sets up a second factor and signs out: %j', async (looking) => {
  const here = await door();
  const { text: token } = await here.access.users.add('anna', ['admin']);
  const { page, url, complaints, strangers } = await sight(here, { ...looking, roles: [] });
  // What looks for violations is a script itself.
  const broken = async (): Promise<readonly string[]> => (looking.script ? violations(page) : []);
  await page.goto(`${url}/account`);
  expect(page.url()).toBe(`${url}/login`);
  await page.fill('#name', 'anna');
  await page.fill('#token', 'login_wrong');
  await turnPage(page, '.log-in button');
  expect(await page.locator('[role=alert]').isVisible()).toBe(true);
  await page.fill('#name', 'anna');
  await page.fill('#token', token);
  await turnPage(page, '.log-in button');
  expect(page.url()).toBe(`${url}/login/code`);
  expect((await page.locator('svg.qr').boundingBox())?.width).toBeGreaterThan(150);
  expect(await broken()).toEqual([]);
  const code = await codesOf(keyOn(await page.content()));
  await page.fill('#code', code());
  await turnPage(page, '.log-in button');
  for (const path of ['/account', '/admin', '/admin/users/anna', '/admin/tokens']) {
    await page.goto(url + path);
    expect(await broken(), path).toEqual([]);
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(over, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  }
  await turnPage(page, '.sign-out button');
  expect(page.url()).toBe(`${url}/login`);
  expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
  expect(strangers).toEqual([]);
});

test.skipIf(noBrowser !== undefined)('an administrator adds a user by keyboard alone', async () => {
  const here = await door();
  await here.access.users.add('root', ['admin'], { exempt: true });
  const { text: token } = await here.access.users.newLogin('root');
  const { page, url } = await sight(here, { roles: [], script: false });
  await page.goto(`${url}/login`);
  await page.focus('#name');
  await page.keyboard.type('root');
  await page.keyboard.press('Tab');
  await page.keyboard.type(token);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/admin`);
  await page.focus('#name');
  await page.keyboard.type('bob');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForSelector('pre.secret');
  expect(await page.textContent('pre.secret')).toMatch(/^login_/);
  expect(here.access.users.get('bob').roles).toEqual(['auditor']);
});
