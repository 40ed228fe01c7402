import type { Log } from '@zegel/log';
import { mentionsOf, openSealed, parseBody } from '@zegel/reading';
import { tokenOf } from '@zegel/search';
import type { SealedPart } from '@zegel/core';
import { expect, test } from 'vitest';
import { read, stage } from './lib/stage.ts';

const NAMED = 'subject:customer:c-1001 action:read';
const events = [read(1001), read(2)];

/** The newest entry, and what is sealed in it. */
async function newest(
  log: Log,
): Promise<{ text: string; entry: Record<string, unknown>; sealed: unknown[] }> {
  const index = (await log.size()) - 1;
  for await (const [stored] of log.read(index, index + 1)) {
    const body = stored && parseBody(stored);
    if (body === undefined || stored === undefined) break;
    const mentions = await mentionsOf(log, index, body);
    const parts = (body['sealed'] ?? []) as readonly SealedPart[];
    const sealed = parts.map((part, at) => openSealed(log.vault, log.origin, body, mentions, part, at));
    return { text: Buffer.from(stored.bytes ?? []).toString(), entry: body, sealed };
  }
  throw new Error('no entry');
}

test('a query that names nobody leads to its address', async () => {
  const { post } = await stage({ events });
  const answer = await post('/', { q: ' action:read after:7d ' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?q=action%3Aread+after%3A7d']);
});

test('one that names somebody is asked why, and nothing is looked up', async () => {
  const { post, log } = await stage({ events });
  const before = await log.size();
  const answer = await post('/', { q: NAMED });
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain('This query names somebody');
  expect(page).toContain('name="reason"');
  expect(page).not.toContain('data-index');
  expect(await log.size()).toBe(before);
  const again = await post('/', { q: NAMED, reason: 'no' });
  expect(again.status).toBe(422);
  expect(await again.text()).toContain('Give a reason');
});

test('with a reason it leads to tokens; the entry has the person and, sealed, the reason', async () => {
  const { post, get, log } = await stage({ events });
  const answer = await post('/', { q: NAMED, reason: 'request for access 77' });
  const token = tokenOf(log.vault, 'customer', 'c-1001');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`/?q=subject%3A%7E${token}+action%3Aread`);
  expect(JSON.stringify([...answer.headers])).not.toContain('c-1001');
  const { entry, sealed, text } = await newest(log);
  expect(entry).toMatchObject({ operation: 'viewer.name', fields: ['action', 'subject'], subjectCount: 1 });
  expect(sealed).toContainEqual({ reason: 'request for access 77' });
  expect(text).not.toMatch(/c-1001|request for access/);
  const page = await (await get(answer.headers.get('location') ?? '')).text();
  expect(page.match(/data-index/g)).toHaveLength(1);
});

test('an identity in an address is answered by the form, and gets nowhere else', async () => {
  const { get, log } = await stage({ events });
  const before = await log.size();
  const answer = await get(`/?q=${encodeURIComponent(NAMED)}`);
  expect(await answer.text()).toContain('class="panel naming"');
  expect(JSON.stringify([...answer.headers])).not.toContain('c-1001');
  expect(await log.size()).toBe(before);
});

test('who may not look at persons names nobody, which is an entry', async () => {
  const { as, log } = await stage({ events });
  const answer = await as('security').post('/', { q: NAMED, reason: 'curiosity, plainly' });
  expect(answer.status).toBe(403);
  expect((await newest(log)).entry).toMatchObject({ operation: 'viewer.denied', outcome: 'denied' });
});

test('the token of the session is asked for', async () => {
  const { post } = await stage({ events });
  expect((await post('/', { q: NAMED, reason: 'long enough', csrf: 'x' })).status).toBe(403);
});
