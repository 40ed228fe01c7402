import { parseBody } from '@zegel/reading';
import { expect, test } from 'vitest';
import { tellReview } from '../src/reviews/review-entry.ts';
import { read, stage, type Stage } from './lib/stage.ts';
import { openedEntries } from './people-log.ts';

const DAY = 86_400_000;

/** Entries of kind review. */
async function reviews({ log }: Stage): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const found: Readonly<Record<string, unknown>>[] = [];
  for await (const chunk of log.read(0, await log.size()))
    for (const entry of chunk) {
      const body = parseBody(entry);
      if (body?.['kind'] === 'review') found.push(body);
    }
  return found;
}

test('what is marked to be followed up is listed with its note, until somebody finds it in order', async () => {
  const staged = await stage({ events: [read(1), read(2)] });
  const marked = await staged.post('/reviews', { of: '2', result: 'follow-up', note: 'why at night?' });
  expect([marked.status, marked.headers.get('location')]).toEqual([303, '/reviews?show=done&made=1&own=0']);
  const open = await (await staged.get('/reviews')).text();
  expect(open).toContain('href="/entries/2"');
  expect(open).toContain('why at night?');
  expect(open).not.toMatch(/c-1|e-1|auditor-privacy-user/);
  expect(open).not.toMatch(/<script>|\sstyle=|\son[a-z]+=/);
  await staged.as('privacy').post('/reviews', { of: '2', result: 'in-order', note: 'asked; was on call' });
  expect(await (await staged.get('/reviews')).text()).toContain('Nothing is to be followed up.');
  const done = await (await staged.get('/reviews?show=done&made=1&own=0')).text();
  expect(done).toContain('Recorded: 1 reviewed.');
  expect(done.indexOf('asked; was on call')).toBeLessThan(done.indexOf('why at night?'));
});

test('a review is an entry whose note is sealed, and seeing the list is one too', async () => {
  const staged = await stage({ events: [read(1)] });
  await staged.post('/reviews', { of: '2', result: 'follow-up', note: 'why at night?' });
  const [entry] = await reviews(staged);
  expect(entry).toMatchObject({ of: [2], result: 'follow-up', actor: { kind: 'employee' } });
  expect(JSON.stringify(entry)).not.toContain('night');
  const told = await tellReview(staged.log, Number(entry?.['index']));
  expect(told).toMatchObject({ by: { type: 'operator', id: 'auditor-privacy-user' }, note: 'why at night?' });
  await staged.get('/reviews');
  const [seen] = await openedEntries(staged.log, 'viewer.review');
  expect(seen?.subjects).toEqual(['customer:c-1', 'employee:e-1', 'operator:auditor-privacy-user']);
});

test('what is open for too long is listed apart', async () => {
  let now = Date.now();
  const staged = await stage({ events: [read(1)], services: { now: () => now } });
  await staged.post('/reviews', { of: '2', result: 'follow-up' });
  expect(await (await staged.get('/reviews?show=overdue')).text()).toContain(
    'Nothing has been open for more than 30 days',
  );
  now += 31 * DAY;
  expect(await (await staged.get('/reviews?show=overdue')).text()).toContain('open for more than 30 days');
});

test('the result of a query is marked in one go: what was seen, by token, without what is own', async () => {
  const mine = { actor: { kind: 'employee', id: 'auditor-privacy-user' } } as const;
  const staged = await stage({ events: [read(1), read(1, mine), read(1), read(2)] });
  const q = 'subject:customer:c-1';
  const marked = await staged.post('/reviews', { q, below: '4', result: 'in-order' });
  expect(marked.headers.get('location')).toBe('/reviews?show=done&made=1&own=1');
  expect((await reviews(staged)).map((one) => one['of'])).toEqual([[2]]);
  const other = await staged
    .as('privacy')
    .post('/reviews', { q: 'kind:access', below: '6', result: 'in-order' });
  expect(other.headers.get('location')).toBe('/reviews?show=done&made=4&own=0');
});

test.each([
  [{ of: '3', result: 'in-order' }, 409, 'somebody else reviews'],
  [{ of: '2' }, 422, 'Choose a finding'],
  [{ of: '2', result: 'fine' }, 422, 'Choose a finding'],
  [{ of: '99', result: 'in-order' }, 404, 'nothing here'],
  [{ of: '-1', result: 'in-order' }, 404, 'nothing here'],
  [{ q: 'kind:hold', below: '9', result: 'in-order' }, 422, 'nothing to review'],
  [{ q: 'kind:', below: '9', result: 'in-order' }, 422, 'nothing to review'],
  [{ q: 'kind:access', result: 'in-order' }, 422, 'nothing to review'],
  [{ result: 'in-order' }, 422, 'nothing to review'],
  [
    { q: 'actor:employee:auditor-privacy-user', below: '9', result: 'in-order' },
    409,
    'somebody else reviews',
  ],
])('what can not be reviewed is refused: %j', async (fields, status, told) => {
  const mine = { actor: { kind: 'employee', id: 'auditor-privacy-user' } } as const;
  const staged = await stage({ events: [read(1), read(2, mine)] });
  const answer = await staged.post('/reviews', fields);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(told) as unknown]);
  expect(await reviews(staged)).toEqual([]);
});

test("an entry's reviews and the form are a page, and a fragment for the entry's own page", async () => {
  const staged = await stage({ events: [read(1)] });
  const before = await (await staged.get('/reviews/of/2', { 'hx-request': 'true' })).text();
  expect(before).toMatch(/^<section/);
  expect(before).toContain('Not reviewed yet.');
  expect(before).toContain('name="back" value="/entries/2"');
  const marked = await staged.post('/reviews', {
    of: '2',
    result: 'in-order',
    note: 'fine',
    back: '/entries/2',
  });
  expect(marked.headers.get('location')).toBe('/entries/2');
  const after = await (await staged.get('/reviews/of/2')).text();
  expect(after).toMatch(/^<!doctype html>/);
  expect(after).toContain('fine');
  const foreign = await staged.post('/reviews', { of: '2', result: 'in-order', back: '//evil.example' });
  expect(foreign.headers.get('location')).toBe('/');
});

test('nobody without the permission sees or marks anything', async () => {
  const staged = await stage({ events: [read(1)] });
  for (const role of ['security', 'admin'] as const) {
    const visitor = staged.as(role);
    expect((await visitor.get('/reviews')).status).toBe(403);
    expect((await visitor.post('/reviews', { of: '2', result: 'in-order' })).status).toBe(403);
  }
  expect((await staged.as().get('/reviews')).headers.get('location')).toBe('/login');
  expect(await reviews(staged)).toEqual([]);
});

test('notes can not become markup', async () => {
  const staged = await stage({ events: [read(1)] });
  await staged.post('/reviews', { of: '2', result: 'follow-up', note: '<img src=x onerror=alert(1)>' });
  for (const path of ['/reviews', '/reviews?show=done', '/reviews/of/2'])
    expect(await (await staged.get(path)).text()).not.toContain('<img');
});
