import { entryIndex } from '@zegel/core';
import { type Log, LogError } from '@zegel/log';
import { tokenOf } from '@zegel/search';
import { expect, test } from 'vitest';
import { read, stage } from './lib/stage.ts';

const events = [
  read(1),
  read(2, { activity: 'orders', action: 'update', fields: ['order'] }),
  read(3, { outcome: 'denied' }),
];

async function consultations(log: Log): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const chunk of log.read(0, await log.size()))
    for (const { bytes } of chunk) {
      const entry = JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, unknown>;
      if (String(entry['activity']).startsWith('zegel-consultation')) found.push(entry);
    }
  return found;
}

const tokenIn = (log: Log, type: string, id: string): string => tokenOf(log.vault, type, id);
const rowsIn = (page: string): readonly string[] =>
  [...page.matchAll(/data-index="(\d+)"/g)].map(([, index]) => index ?? '');

test('shows entries newest first, reads too, by pseudonym, with purpose and outcome', async () => {
  const { get, log } = await stage({ events });
  const answer = await get('/');
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(rowsIn(page)).toEqual(['4', '3', '2', '1', '0']);
  expect(page).toContain(
    `customer<span class="code"> ▪ ${tokenIn(log, 'customer', 'c-1').slice(0, 4)}</span>`,
  );
  expect(page).toContain('To answer a question');
  expect(page).toContain('<span class="badge warn">denied</span>');
  expect(page).toContain('<strong>read</strong> e-mail address, name');
  expect(page).not.toMatch(/c-[123]\b|e-[012]\b/);
  expect(page).not.toMatch(/\sstyle=|<script>|\son[a-z]+=/);
});

test('is in Dutch for who asks so', async () => {
  const { get } = await stage({ events });
  const page = await (await get('/', { 'accept-language': 'nl' })).text();
  for (const text of ['<html lang="nl"', 'Een vraag beantwoorden', 'geweigerd', 'klant<', 'regels gevonden'])
    expect(page).toContain(text);
});

test('every search is an entry before it is shown: who, whose and by what, never for which terms', async () => {
  const { get, log } = await stage({ events });
  const token = tokenIn(log, 'customer', 'c-1');
  await get(`/?q=${encodeURIComponent(`subject:~${token} operation:customer.show -outcome:denied word`)}`);
  const [entry] = await consultations(log);
  expect(entry).toMatchObject({
    ...{ action: 'search', operation: 'viewer.search', fields: ['operation', 'outcome', 'subject', 'word'] },
  });
  expect(JSON.stringify(entry)).not.toMatch(new RegExp(`${token}|customer.show`));
  await get('/?q=subject:~' + token);
  const shown = (await consultations(log))[1]?.['subjects'] as unknown[];
  expect(shown).toHaveLength(2); // the customer and the employee
});

test('nothing is shown where the entry can’t be written', async () => {
  const { get, log } = await stage({ events });
  await get('/');
  log.consult = () => Promise.reject(new LogError('LOG_FAILED', 'the disk is full'));
  const answer = await get('/');
  expect(answer.status).toBe(503);
  expect(rowsIn(await answer.text())).toEqual([]);
});

test('its own consultations are folded away by a term that can be removed, and brought back', async () => {
  const { get } = await stage({ events });
  await get('/');
  const page = await (await get('/')).text();
  expect(rowsIn(page)).toHaveLength(5);
  expect(page).toContain('Consultations of this log itself are hidden');
  expect(page).toContain('href="/?q="');
  const all = await (await get('/?q=')).text();
  expect(rowsIn(all).length).toBeGreaterThan(6);
  expect(all).toContain('href="/?q=-activity%3Azegel-consultation"');
  expect(all).toContain('Consultation of this log');
});

test('points at what is wrong in a query, in the language of the reader, and keeps what was written', async () => {
  const { get, log } = await stage({ events });
  const asked = `/?q=${encodeURIComponent('action:read shoe:x')}`;
  const answer = await get(asked, { 'accept-language': 'nl' });
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page).toContain('vanaf teken 13');
  expect(page).toMatch(/action:read\s*<mark>shoe<\/mark>:x/);
  expect(page).toContain('value="action:read shoe:x"');
  expect(page).toContain('data-at="12"');
  expect(await consultations(log)).toEqual([]);
});

test('facets add, exclude and remove terms, and count', async () => {
  const { get, log } = await stage({ events });
  const page = await (await get('/?q=kind:access')).text();
  const href = (q: string): string =>
    `href="/?q=${encodeURIComponent(q).replaceAll('%20', '+').replaceAll('~', '%7E')}"`;
  expect(page).toContain(href('kind:access action:update'));
  expect(page).toContain(href('kind:access -action:update'));
  expect(page).toContain(href('kind:access field:email'));
  expect(page).toContain(href(`kind:access actor:~${tokenIn(log, 'employee', 'e-1')}`));
  expect(page).toMatch(/Orders<\/a><span class="number">1</);
  const chosen = await (await get('/?q=kind:access+action:update')).text();
  expect(rowsIn(chosen)).toEqual(['3']);
  expect(chosen).toMatch(/href="\/\?q=kind%3Aaccess" aria-current="true"/);
});

test('bars lead to their time, and are there as a table', async () => {
  const { get } = await stage({ events });
  const page = await (await get('/?q=kind:access')).text();
  const zoom = /<a href="(\/\?q=[^"]*after[^"]*)" tabindex="-1">/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  expect(zoom).toMatch(/kind%3Aaccess\+after%3A20\d\d-.*\+before%3A20/);
  expect(rowsIn(await (await get(zoom ?? '')).text()).slice(-3)).toEqual(['4', '3', '2']);
  expect(page).toContain('As a table');
});

test('pages are stable by index, both ways', async () => {
  const { get, log } = await stage({ events: Array.from({ length: 120 }, (_, n) => read(n)) });
  const first = await (await get('/?q=kind:access')).text();
  await log.append([read(500)]);
  const link = (page: string, rel: string): string =>
    new RegExp(`rel="${rel}" href="([^"]+)"`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const second = await (await get(link(first, 'next'))).text();
  expect(rowsIn(first).map(Number)).toEqual(Array.from({ length: 50 }, (_, n) => 121 - n));
  expect(rowsIn(second).map(Number)).toEqual(Array.from({ length: 50 }, (_, n) => 71 - n));
  const third = await (await get(link(second, 'next'))).text();
  expect(rowsIn(third)).toHaveLength(20);
  expect(link(third, 'next')).toBe('');
  expect(rowsIn(await (await get(link(third, 'prev'))).text())).toEqual(rowsIn(second));
  expect(rowsIn(await (await get(link(second, 'prev'))).text())).toEqual(rowsIn(first));
  expect(link(first, 'prev')).toBe('');
});

test('what somebody else wrote is text and nothing more', async () => {
  const { get, log } = await stage({ events });
  const evil = '"><img src=x onerror=alert(1)>';
  await log.append([read(9, { subjects: [{ type: 'customer', id: evil }] })]);
  for (const q of [evil, `"${evil}"`, "'><script>alert(1)</script>"]) {
    const page = await (await get(`/?q=${encodeURIComponent(q)}`)).text();
    expect(page).not.toMatch(/<img src=x|<script>alert/);
  }
});

test('a hit that the log does not bear out is told in red and is no row', async () => {
  const { services, get } = await stage({ events });
  await get('/');
  await services.searching.use(async ({ index }) => {
    const search = index.search.bind(index);
    index.search = async (asked, options) => ({
      ...(await search(asked, options)),
      indexes: [3, 2].map(entryIndex),
    });
    await Promise.resolve();
  });
  const page = await (await get('/?q=action:update')).text();
  expect(rowsIn(page)).toEqual(['3']);
  expect(page).toContain('The index names entry 2');
  expect(page).toContain('class="notice bad" role="alert"');
});

test('a body that is not what the log has a hash of is told in red and is no row', async () => {
  const { log, get } = await stage({ events });
  await get('/');
  const whole = log.read.bind(log);
  log.read = async function* (from, to) {
    for await (const chunk of whole(from, to))
      yield chunk.map((entry) => {
        const text = Buffer.from(entry.bytes ?? [])
          .toString()
          .replace('"denied"', '"success"');
        return { ...entry, bytes: Buffer.from(text) };
      });
  };
  const page = await (await get('/?q=kind:access+role:support')).text();
  expect(rowsIn(page)).toEqual(['3', '2']);
  expect(page).toContain('The body of entry 4 does not have the hash');
});

test('counts are made once for a while, but never of fewer than are listed', async () => {
  let now = Date.now();
  const { get, log } = await stage({
    events: Array.from({ length: 60 }, (_, n) => read(n)),
    services: { now: () => now },
  });
  const count = async (q: string): Promise<string | undefined> =>
    /(\d+) entries found/.exec(await (await get(`/?q=${q}`)).text())?.[1];
  expect(await count('role:support')).toBe('60');
  expect(await count('outcome:denied')).toBe('0');
  await log.append([read(7, { outcome: 'denied' }), read(8, { outcome: 'denied' })]);
  expect(await count('role:support')).toBe('60');
  expect(await count('outcome:denied')).toBe('2');
  now += 5000;
  expect(await count('role:support')).toBe('62');
});

test.each([
  ['nobody at all', [], 303],
  ['an administrator', ['admin'] as const, 403],
  ['security', ['security'] as const, 200],
])('%s gets %s', async (_name, roles, status) => {
  const { as } = await stage();
  expect((await as(...roles).get('/')).status).toBe(status);
});
