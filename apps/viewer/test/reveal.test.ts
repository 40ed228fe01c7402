import { expect, test } from 'vitest';
import { read, stage } from './lib/stage.ts';
import { openedEntries } from './people-log.ts';

const WHO = { reason: 'suspected misuse' };

test('a reveal shows who they are on the answering page alone, after an entry that names exactly them', async () => {
  const subjects = [1, 2].map((n) => ({ type: 'customer', id: `c-${n}` }));
  const staged = await stage({
    events: [read(1, { subjects, onBehalfOf: { type: 'employee', id: 'e-7' } })],
  });
  const answer = await staged.post('/entries/2/reveal', WHO);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  for (const id of ['c-1', 'c-2', 'e-1', 'e-7']) expect(text).toContain(`<td class="mono">${id}</td>`);
  expect(text).not.toMatch(/(?:href|action)="[^"]*[ce]-\d/);
  const [entry, ...others] = await openedEntries(staged.log, 'viewer.reveal');
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    actor: 'operator:auditor-privacy-user',
    subjects: ['customer:c-1', 'customer:c-2', 'employee:e-1', 'employee:e-7'],
    reason: WHO.reason,
  });
});

test('of one place it shows and names that one only', async () => {
  const staged = await stage({ events: [read(1)] });
  const text = await (await staged.post('/entries/2/reveal', { ...WHO, who: 'actor' })).text();
  expect(text).toContain('e-1');
  expect(text).not.toContain('c-1');
  expect((await openedEntries(staged.log, 'viewer.reveal'))[0]?.subjects).toEqual(['employee:e-1']);
});

test('without a reason nobody is shown and nothing is recorded', async () => {
  const staged = await stage({ events: [read(1)] });
  const answer = await staged.post('/entries/2/reveal', { reason: ' ' });
  const text = await answer.text();
  expect([answer.status, text.includes('c-1')]).toEqual([422, false]);
  expect(await openedEntries(staged.log, 'viewer.reveal')).toEqual([]);
});

test('whoever may not is refused, which is an entry; an address alone reveals nothing', async () => {
  const staged = await stage({ events: [read(1)] });
  for (const role of ['auditor', 'security', 'admin'] as const)
    expect((await staged.as(role).post('/entries/2/reveal', WHO)).status).toBe(403);
  expect(await openedEntries(staged.log, 'viewer.denied')).toHaveLength(3);
  expect((await staged.get('/entries/2/reveal')).status).toBe(404);
  expect(await openedEntries(staged.log, 'viewer.reveal')).toEqual([]);
});

test('nobody is known of an entry without persons, or beyond the head', async () => {
  const staged = await stage();
  expect(await (await staged.post('/entries/0/reveal', WHO)).text()).toContain('does not know');
  expect((await staged.post('/entries/99/reveal', WHO)).status).toBe(404);
  expect((await staged.post('/entries/99999999999999999999/reveal', WHO)).status).toBe(404);
});

test('when the log can not take the entry, nobody is shown', async () => {
  const staged = await stage({ events: [read(1)] });
  const { log } = staged;
  log.consult = () => Promise.reject(Object.assign(new Error('full'), { code: 'STORE_FAILED' }));
  const answer = await staged.post('/entries/2/reveal', WHO);
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('c-1');
});
