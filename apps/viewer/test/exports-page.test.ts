import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Fields, read, type Stage, stage } from './lib/stage.ts';
import { openedEntries } from './people-log.ts';

const ORDER = { q: 'kind:access', format: 'csv', reason: 'yearly audit' };

/** Orders an export and gives the address of its page. */
async function ordered({ post }: Pick<Stage, 'post'>, more: Fields = {}): Promise<string> {
  const answer = await post('/exports', { ...ORDER, ...more });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

/** Waits until a page says something: what happens after the last byte is not awaited by whoever read it. */
async function until({ get }: Pick<Stage, 'get'>, path: string, words: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const text = await (await get(path)).text();
    if (text.includes(words)) return text;
    await sleep(20);
  }
  throw new Error(`${path} never said ${words}`);
}

test('an export is ordered, then fetched once; before it is fetched nothing is recorded', async () => {
  const staged = await stage({ events: [read(1), read(2)] });
  const job = await ordered(staged);
  expect(job).toMatch(/^\/exports\/[\w-]{22}$/);
  const page = await (await staged.get(job)).text();
  expect(page).toContain(`href="${job}/file"`);
  expect(page).not.toMatch(/<script>|\sstyle=|\son[a-z]+=/);
  expect(await openedEntries(staged.log, 'viewer.export')).toEqual([]);
  const answer = await staged.get(`${job}/file`);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="zegel-[\w-]+\.csv"$/);
  expect(answer.headers.get('content-type')).toContain('text/csv');
  const text = await answer.text();
  expect(text.split('\r\n')).toHaveLength(4);
  expect(text).not.toMatch(/c-1|e-1/);
  expect(await until(staged, job, '<strong>fetched</strong>')).toContain('2 of 2 entries');
  expect((await staged.get(`${job}/file`)).status).toBe(409);
});

test('its entry names whom it shows, says why, and is there before the first byte', async () => {
  const staged = await stage({ events: [read(1), read(2)] });
  const job = await ordered(staged);
  const answer = await staged.get(`${job}/file`);
  const [entry, ...others] = await openedEntries(staged.log, 'viewer.export');
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    ...{ action: 'export', outcome: 'begun', fields: ['kind'], reason: 'yearly audit' },
    subjects: ['customer:c-1', 'customer:c-2', 'employee:e-1', 'employee:e-2'],
  });
  await answer.text();
  await until(staged, job, '<strong>fetched</strong>');
  expect(await openedEntries(staged.log, 'viewer.export')).toHaveLength(1);
});

test('when the log can not take the entry, not a byte leaves', async () => {
  const staged = await stage({ events: [read(1)] });
  const job = await ordered(staged, { format: 'jsonl' });
  staged.log.consult = () => Promise.reject(Object.assign(new Error('full'), { code: 'STORE_FAILED' }));
  const answer = await staged.get(`${job}/file`);
  expect([answer.status, (await answer.text()).includes('"kind"')]).toEqual([503, false]);
});

test.each(['reader', 'button'])(
  'an export that is stopped by its %s has a second entry of the first',
  async (by) => {
    const events = Array.from({ length: 800 }, (_, n) => read(n));
    const staged = await stage({ events });
    const job = await ordered(staged, { format: 'jsonl' });
    const answer = await staged.get(`${job}/file`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(0);
    if (by === 'reader') await reader.cancel();
    else await staged.post(`${job}/cancel`);
    // Whoever reads on is not left to believe that this was all.
    expect(await drain(reader).catch(() => 'cut')).toBe(by === 'reader' ? 'ended' : 'cut');
    await until(staged, job, '<strong>stopped</strong>');
    const [begun, ended] = await openedEntries(staged.log, 'viewer.export');
    expect([begun?.outcome, ended?.outcome, ended?.of]).toEqual(['begun', 'error', begun?.index]);
    expect(staged.told).toEqual([]);
  },
);

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  while (!(await reader.read()).done);
  return 'ended';
}

test('nothing is made ahead of whoever reads it', async () => {
  const events = Array.from({ length: 1200 }, (_, n) => read(n));
  const staged = await stage({ events });
  const job = await ordered(staged, { format: 'jsonl' });
  const answer = await staged.get(`${job}/file`);
  await sleep(300);
  const waiting = await (await staged.get(job, { 'hx-request': 'true' })).text();
  expect(waiting).toMatch(/^<section id="export"/);
  expect(waiting).toContain('hx-trigger="every 1s"');
  const written = Number(/· ([\d,]+) of 1,200/.exec(waiting)?.[1]?.replace(',', ''));
  expect(written).toBeLessThan(700);
  expect((await answer.text()).trim().split('\n')).toHaveLength(1200);
  const done = await until(staged, job, '<strong>fetched</strong>');
  expect(done).not.toContain('hx-trigger');
});

test('one that was not begun can be stopped without a trace', async () => {
  const staged = await stage({ events: [read(1)] });
  const job = await ordered(staged);
  await staged.post(`${job}/cancel`);
  expect((await staged.get(`${job}/file`)).status).toBe(409);
  expect(await openedEntries(staged.log, 'viewer.export')).toEqual([]);
});

test("a person's view carries that person only, and its entry names nobody else", async () => {
  const subjects = [1, 2].map((n) => ({ type: 'customer', id: `c-${n}` }));
  const staged = await stage({ events: [read(1, { subjects }), read(2)] });
  const named = { type: 'customer', id: 'c-1', as: 'subject', reason: 'her request' };
  const view = (await staged.post('/persons', named)).headers.get('location') ?? '';
  const page = await (await staged.get(view)).text();
  const link = /href="(\/exports\?[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const form = await (await staged.get(link)).text();
  expect(form).toContain('Who looked at customer ▪');
  expect(form).toContain('her request');
  const fields = Object.fromEntries(new URL(link, 'http://x').searchParams);
  for (const format of ['csv', 'jsonl']) {
    const job = await ordered(staged, { ...fields, q: 'kind:genesis', format, reason: 'her request' });
    const text = await (await staged.get(`${job}/file`)).text();
    expect(text).toContain('support');
    expect(text).not.toMatch(/[ce]-\d|▪|"ref"|"ptr"|operator:/);
  }
  for (const entry of await openedEntries(staged.log, 'viewer.export'))
    expect(entry).toMatchObject({ subjects: ['customer:c-1'], reason: 'her request' });
});

test('whom a query names stands in no address and no field of the entry, but among its persons', async () => {
  const staged = await stage({ events: [read(1), read(2)] });
  const job = await ordered(staged, { q: 'subject:customer:c-1', format: 'jsonl' });
  expect(await (await staged.get(job)).text()).not.toContain('c-1');
  const text = await (await staged.get(`${job}/file`)).text();
  expect(text.trim().split('\n')).toHaveLength(1);
  const [entry] = await openedEntries(staged.log, 'viewer.export');
  expect(entry).toMatchObject({ subjects: ['customer:c-1'], fields: ['subject'] });
});

test.each([
  [{ reason: '' }, 'Give a reason'],
  [{ format: 'bundle' }, 'Choose a form'],
  [{ q: 'kind:nothing' }, 'can not be read'],
  [{ person: '0123456789abcdef' }, 'does not know'],
])('what can not be exported is not: %j', async (more, told) => {
  const { post } = await stage();
  const answer = await post('/exports', { ...ORDER, ...more });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(told) as unknown]);
});

test("nobody sees, fetches or stops another's export", async () => {
  const staged = await stage({ events: [read(1)] });
  const job = await ordered(staged);
  const other = staged.as('privacy');
  for (const path of [job, `${job}/file`]) expect((await other.get(path)).status).toBe(404);
  expect((await other.post(`${job}/cancel`)).status).toBe(404);
  expect(await (await other.get('/exports')).text()).not.toContain(job);
  expect((await staged.as('security').post('/exports', ORDER)).status).toBe(403);
  expect(await (await staged.get('/exports')).text()).toContain(job);
});

test('to ask about a file is not to fetch it', async () => {
  const staged = await stage({ events: [read(1)] });
  const job = await ordered(staged);
  const session = staged.services.sessions.begin('auditor-privacy-user', new Set(['auditor']), true);
  const headers = { cookie: `zegel=${session}` };
  const answer = await staged.app.request(`${job}/file`, { method: 'HEAD', headers });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(await openedEntries(staged.log, 'viewer.export')).toEqual([]);
  expect((await staged.get(`${job}/file`)).status).toBe(200);
});
