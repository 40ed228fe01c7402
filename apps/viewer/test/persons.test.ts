import { expect, test } from 'vitest';
import { collapse } from '../src/people/collapse.ts';
import { addGrant, grantFor } from '../src/people/grants.ts';
import type { Line } from '../src/people/line.ts';
import { filterOf, personQuery } from '../src/people/person-query.ts';
import { read, type Stage, stage } from './lib/stage.ts';
import { openedEntries } from './people-log.ts';

const NAMED = { type: 'customer', id: 'c-1', as: 'subject', reason: 'request of 3 July' };

/** Names a person as a page would and gives the address of the view. */
async function opened(
  { post }: Pick<Stage, 'post'>,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await post('/persons', { ...NAMED, ...more });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

test('a person is named by a form, and neither the address nor the page that follows says who it is', async () => {
  const staged = await stage({
    events: [read(1), read(1, { actor: { kind: 'employee', id: 'e-8' } }), read(2)],
  });
  const location = await opened(staged);
  expect(location).toMatch(/^\/persons\/[0-9a-f]{16}\?as=subject$/);
  const page = await staged.get(location);
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text).toContain('Who looked at customer ▪');
  expect(text).not.toMatch(/c-1|c-2|e-1|e-8/);
  expect(text).toContain('request of 3 July');
  expect(text).not.toMatch(/<script>|\sstyle=|\son[a-z]+=/);
});

test('naming and each opening are entries with the person and the sealed reason, before anything is shown', async () => {
  const staged = await stage({ events: [read(1)] });
  const location = await opened(staged);
  await staged.get(location);
  await staged.get(location);
  const entries = await openedEntries(staged.log, 'viewer.person');
  expect(entries.map(({ action, actor, subjects, reason }) => ({ action, actor, subjects, reason }))).toEqual(
    [
      {
        action: 'search',
        actor: 'operator:auditor-privacy-user',
        subjects: ['customer:c-1'],
        reason: NAMED.reason,
      },
      ...Array.from({ length: 2 }, () => ({
        action: 'read',
        actor: 'operator:auditor-privacy-user',
        subjects: expect.arrayContaining(['customer:c-1', 'employee:e-1']) as unknown,
        reason: NAMED.reason,
      })),
    ],
  );
});

test('without a reason of this session nothing is shown but the question', async () => {
  const staged = await stage({ events: [read(1)] });
  const location = await opened(staged);
  const other = staged.as('privacy');
  const asked = await (await other.get(location)).text();
  expect(asked).toContain('Why do you want to see this?');
  expect(asked).not.toContain('contact');
  const otherWay = await (await staged.get(location.replace('subject', 'actor'))).text();
  expect(otherWay).toContain('Why do you want to see this?');
  expect(await openedEntries(staged.log, 'viewer.person')).toHaveLength(1);
  const path = location.split('?')[0] ?? '';
  expect((await other.post(path, { as: 'subject', reason: 'x' })).status).toBe(422);
  const answer = await other.post(path, { as: 'subject', reason: 'a complaint', activity: 'contact' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${location}&activity=contact`]);
  expect(await (await other.get(location)).text()).toContain('Who looked at customer');
});

test('a reason holds for half an hour', () => {
  const session = { grants: [] as never[] } as unknown as Parameters<typeof addGrant>[0];
  addGrant(session, { token: 'a', as: 'subject', reason: 'r' }, 1000);
  const half = 30 * 60_000;
  expect(grantFor(session, { token: 'a', as: 'subject' }, 1000 + half - 1)?.reason).toBe('r');
  expect(grantFor(session, { token: 'a', as: 'subject' }, 1000 + half)).toBeUndefined();
  expect(grantFor(session, { token: 'a', as: 'actor' }, 1000)).toBeUndefined();
  expect(grantFor(session, { token: 'b', as: 'subject' }, 1000)).toBeUndefined();
});

test('whom did this employee look at: persons by pseudonym', async () => {
  const staged = await stage({ events: [read(1), read(4), read(2)] });
  const text = await (
    await staged.get(await opened(staged, { type: 'employee', id: 'e-1', as: 'actor' }))
  ).text();
  expect(text).toContain('Whom did employee ▪');
  expect(text.match(/customer<span class="code">/g)).toHaveLength(2);
  expect(text).not.toMatch(/c-1|c-4|e-1/);
});

test('same-day repeats are one row with their number; other days, activities and outcomes are not', async () => {
  const at = (occurred: string, more = {}): ReturnType<typeof read> =>
    read(1, { occurred: `2026-07-0${occurred}.000Z`, ...more });
  const events = [
    at('1T08:00:00'),
    at('1T09:00:00'),
    at('1T10:00:00', { outcome: 'denied' }),
    at('2T08:00:00'),
  ];
  const staged = await stage({
    events: [...events, at('1T11:00:00', { activity: 'orders', fields: ['name'] })],
  });
  // The naming itself is an entry too, of today.
  const text = await (await staged.get(`${await opened(staged)}&to=2026-07-03`)).text();
  expect(text.match(/<tr class="day">/g)).toHaveLength(2);
  expect(text.match(/<td class="when">/g)).toHaveLength(4);
  expect(text).toContain('2 times');
  const q = new URL(
    `http://x${/href="(\/\?q=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''}`,
  ).searchParams.get('q');
  expect(q).toMatch(
    /^subject:~[0-9a-f]{16} actor:~[0-9a-f]{16} on:2026-07-01 activity:contact outcome:success$/,
  );
  expect(await staged.services.searching.use(({ index }) => index.count(q ?? ''))).toBe(2);
});

test('whom the vault can not tell repeats nobody', () => {
  const line = {
    day: '2026-07-01',
    kind: 'access',
    activity: 'a',
    outcome: 'success',
    action: 'read',
    fields: [],
  };
  const gone = { ...line, actor: { type: '?', token: undefined }, actorKind: 'employee' };
  const days = collapse(
    [
      { ...gone, index: 1 },
      { ...gone, index: 2 },
    ] as unknown as Line[],
    'subject',
  );
  expect(days[0]?.groups).toHaveLength(2);
});

test('the view narrows by activity, action and period, both days included', async () => {
  const events = ['2026-06-30T21:59:59', '2026-06-30T22:00:00', '2026-07-02T21:59:59', '2026-07-02T22:00:00'];
  const staged = await stage({ events: events.map((time) => read(1, { occurred: `${time}.000Z` })) });
  const location = await opened(staged);
  const text = await (
    await staged.get(`${location}&from=2026-07-01&to=2026-07-02&action=read&activity=contact`)
  ).text();
  expect(text).toContain('2 entries');
  expect(await (await staged.get(`${location}&activity=orders`)).text()).toContain('Nothing found');
  const odd = await staged.get(`${location}&activity=%22%20kind:genesis&from=x&before=-1`);
  expect(odd.status).toBe(200);
});

test('a query of a filter can not be escaped from', () => {
  const form = {
    text: (name: string) => ({ activity: 'x subject:~0', from: '9999-12-31', to: '2026-02-30' })[name] ?? '',
    all: () => [],
  };
  expect(personQuery('0123456789abcdef', 'subject', filterOf(form))).toBe('subject:~0123456789abcdef');
});

test('somebody of whom the log knows nothing is told so, and gets no place in it', async () => {
  const staged = await stage({ events: [read(1)] });
  const answer = await staged.post('/persons', { ...NAMED, id: 'c-typo' });
  const text = await answer.text();
  expect([answer.status, text.includes('nothing on this person')]).toEqual([422, true]);
  expect(text).not.toContain('c-typo');
  const [entry] = await openedEntries(staged.log, 'viewer.person');
  expect(entry?.subjects).toEqual([]);
  expect(staged.log.vault.handlesOf('customer', 'c-typo')).toEqual([]);
});

test.each([
  [{ reason: '' }, 'Give a reason'],
  [{ reason: ' . ' }, 'Give a reason'],
  [{ type: 'Not a type!' }, 'Give a kind of person'],
  [{ id: '' }, 'Give a kind of person'],
])('a form that lacks something is refused, and nothing is looked up: %j', async (more, told) => {
  const staged = await stage({ events: [read(1)] });
  const answer = await staged.post('/persons', { ...NAMED, ...more });
  expect([answer.status, (await answer.text()).includes(told)]).toEqual([422, true]);
  expect(await openedEntries(staged.log, 'viewer.person')).toEqual([]);
});

test('what is too long is refused', async () => {
  const { post } = await stage();
  for (const more of [{ reason: 'x'.repeat(1001) }, { id: 'x'.repeat(257) }])
    expect((await post('/persons', { ...NAMED, ...more })).status).toBe(422);
});

test('older entries are on pages of their own', async () => {
  const staged = await stage({
    events: Array.from({ length: 203 }, () => read(1, { actor: { kind: 'anonymous' } })),
  });
  const location = await opened(staged);
  const text = await (await staged.get(location)).text();
  const older = /href="([^"]*before=\d+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  const next = await (await staged.get(older ?? '')).text();
  expect(next).toContain('Newest');
  expect(next).not.toContain('Older');
});

test('a token of nobody leads nowhere', async () => {
  const staged = await stage();
  const answer = await staged.post('/persons/0123456789abcdef', { as: 'subject', reason: 'to see' });
  expect(answer.status).toBe(404);
  expect((await staged.get('/persons/0123')).status).toBe(404);
});

test('texts of an entry can not become markup', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const staged = await stage({ events: [read(1)] });
  const text = await (await staged.get(await opened(staged, { reason: evil }))).text();
  expect(text).not.toContain('<img');
  const wrong = await (await staged.post('/persons', { ...NAMED, type: `"${evil}`, reason: evil })).text();
  expect(wrong).not.toContain('<img');
});
