import type { SealedPart } from '@zegel/core';
import { mentionsOf, openSealed, parseBody, showEntry } from '@zegel/reading';
import { MAX_QUERY_LENGTH, tokenOf } from '@zegel/search';
import { expect, test, vi } from 'vitest';
import type { Scope } from '../src/access/token.ts';
import { consultations } from './lib/consultations.ts';
import { read, type Stage, stage } from './lib/stage.ts';

type Json = Readonly<Record<string, unknown>>;

const PATH = '/v1/entries/search';
const NAMED = 'subject:customer:c-1001 action:read';
const reason = 'request for access 77';
const events = [read(1001), read(2), read(1001), read(3)];

/** Posts with a token of these scopes. */
async function poster(on: Stage, ...scopes: Scope[]) {
  const { text } = await on.services.access.newToken('siem', scopes);
  return async (body: unknown, headers: Readonly<Record<string, string>> = {}, path: string = PATH) => {
    const answer = await on.app.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const sent = await answer.text();
    return { status: answer.status, headers: answer.headers, sent, body: JSON.parse(sent) as Json };
  };
}

/** Every byte of the log, as text. */
async function logText({ log }: Stage): Promise<string> {
  const all: string[] = [];
  for await (const chunk of log.read(0, await log.size()))
    for (const { bytes } of chunk) all.push(Buffer.from(bytes ?? []).toString());
  return all.join('\n');
}

test('a query that names somebody is answered for a reason, which is sealed with whom it names', async () => {
  const on = await stage({ events });
  const post = await poster(on, 'read', 'reveal');
  const first = await post({ query: NAMED, reason, limit: 1 });
  expect(first.status).toBe(200);
  expect(first.body).toMatchObject({ entries: [{ index: 4 }], next: 4 });
  const second = await post({ query: NAMED, reason, below: 4 });
  expect(second.body).toMatchObject({ entries: [{ index: 2 }] });
  expect(second.body['next']).toBeUndefined();
  const token = tokenOf(on.log.vault, 'customer', 'c-1001');
  expect(first.body).toHaveProperty('entries.0.subjects.0', {
    type: 'customer',
    token,
    involvement: 'target',
  });
  expect(await consultations(on)).toMatchObject([
    {
      ...{ action: 'search', operation: 'api.name', fields: ['action', 'subject'], subjectCount: 1 },
      ...{ actor: { kind: 'system' }, sealed: [{ part: 'reason' }] },
    },
    { action: 'search', operation: 'api.search', fields: ['action', 'subject'], subjectCount: 2 },
    { operation: 'api.name' },
    { operation: 'api.search' },
  ]);
});

test('the entry opens to the reason and the person', async () => {
  const on = await stage({ events });
  const post = await poster(on, 'read', 'reveal');
  const index = await on.log.size();
  await post({ query: NAMED, reason });
  const stored = await on.log.entry(index);
  const shown = await showEntry(on.log, on.log.vault, stored);
  const body = parseBody(stored);
  const [part] = (body?.['sealed'] ?? []) as readonly SealedPart[];
  if (body === undefined || part === undefined) throw new Error('nothing is sealed');
  const mentions = await mentionsOf(on.log, index, body);
  expect(openSealed(on.log.vault, on.log.origin, body, mentions, part, 0)).toEqual({ reason });
  expect(shown?.persons).toContainEqual({ type: 'customer', id: 'c-1001' });
});

test('the identity is in no answer, no entry and nothing that is told to the operator or the console', async () => {
  const on = await stage({ events });
  const said = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  const post = await poster(on, 'read', 'reveal');
  const plain = await poster(on, 'read');
  const answers = [
    await post({ query: NAMED, reason }),
    await post({ query: NAMED }),
    await plain({ query: NAMED, reason }),
    await post({ query: `${NAMED} nonsense:c-1001`, reason }),
    await post({ query: NAMED, reason, subject: 'customer:c-1001' }),
    await post({ query: 'subject:martian:c-1001', reason }),
    await post(`{"query": "${NAMED}"`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 403, 400, 400, 200, 400]);
  for (const { headers, sent } of answers)
    expect(JSON.stringify([...headers]) + sent).not.toContain('c-1001');
  await on.services.logs.use((log) => Promise.resolve(log.close()));
  const down = await post({ query: NAMED, reason });
  expect(down.status).toBe(503);
  expect(down.sent).not.toContain('c-1001');
  expect(on.told.length).toBeGreaterThan(0);
  expect(on.told.join('\n')).not.toMatch(/c-1001|request for access/);
  for (const spy of said) expect(JSON.stringify(spy.mock.calls)).not.toMatch(/c-1001|request for access/);
});

test('whom a query names is in clear in no entry', async () => {
  const on = await stage({ events });
  const post = await poster(on, 'read', 'reveal');
  await post({ query: NAMED, reason });
  expect(await logText(on)).not.toMatch(/c-1001|request for access/);
});

test('a query that names nobody needs no reason and no more than the scope read', async () => {
  const on = await stage({ events });
  const post = await poster(on, 'read');
  const token = tokenOf(on.log.vault, 'customer', 'c-1001');
  const { body } = await post({ query: `subject:~${token}` });
  expect(body).toMatchObject({ entries: [{ index: 4 }, { index: 2 }], covered: 6 });
  const left = await consultations(on);
  expect(left).toMatchObject([{ operation: 'api.search', fields: ['subject'] }]);
  expect(left[0]?.['sealed']).toBeUndefined();
});

test('identities are revealed as by GET: for a reason in the header', async () => {
  const on = await stage({ events });
  const post = await poster(on, 'read', 'reveal');
  const { body } = await post({ query: NAMED, reason, limit: 1 }, { 'zegel-reason': 'a complaint' });
  expect(body).toMatchObject({ entries: [{ subjects: [{ type: 'customer', id: 'c-1001' }] }] });
  expect(await consultations(on)).toMatchObject([
    { operation: 'api.name' },
    { operation: 'api.search-reveal' },
  ]);
});

const REFUSED: readonly (readonly [unknown, number, string])[] = [
  [{ query: NAMED }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason: ' no ' }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason: 'x'.repeat(501) }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason: 7 }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, limit: 0 }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, limit: 1001 }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, limit: '5' }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, below: -1 }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, below: 1.5 }, 400, 'PARAMETER_WRONG'],
  [{ query: NAMED, reason, q: '' }, 400, 'PARAMETER_WRONG'],
  [{ reason }, 400, 'PARAMETER_WRONG'],
  [[NAMED], 400, 'PARAMETER_WRONG'],
  [null, 400, 'PARAMETER_WRONG'],
  [{ query: 'nonsense:x', reason }, 400, 'QUERY_WRONG'],
  ['{"query":', 400, 'BODY_NOT_JSON'],
  ['{"query":"","query":"subject:customer:c-1"}', 400, 'BODY_NOT_JSON'],
];

test('what is not asked for rightly is refused and leaves no entry', async () => {
  const on = await stage({ events: [read(1)] });
  const post = await poster(on, 'read', 'reveal');
  for (const [body, status, code] of REFUSED)
    expect((await post(body)).body, JSON.stringify(body)).toMatchObject({ status, code });
  const typed = await post({ query: '' }, { 'content-type': 'text/plain' });
  expect(typed.body).toMatchObject({ status: 415, code: 'CONTENT_TYPE' });
  const addressed = await post({ query: '' }, {}, `${PATH}?q=x`);
  expect(addressed.body).toMatchObject({ code: 'PARAMETER_WRONG' });
  const plain = await poster(on, 'read');
  expect((await plain({ query: NAMED, reason })).body).toMatchObject({ status: 403, code: 'SCOPE_MISSING' });
  const other = await poster(on, 'events', 'reveal');
  expect((await other({ query: NAMED, reason })).body).toMatchObject({ status: 403, code: 'SCOPE_MISSING' });
  expect((await post({ query: NAMED, reason }, { authorization: '' })).status).toBe(401);
  expect(await consultations(on)).toHaveLength(0);
});

test('a query that tokens make too long is refused, and says so', async () => {
  const on = await stage({ events: [read(1)] });
  const post = await poster(on, 'read', 'reveal');
  const many = Array.from({ length: 250 }, (_, i) => `a:${i}`).join(',');
  const query = `subject:${many} actor:${many}`;
  expect(query.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
  expect((await post({ query, reason })).body).toMatchObject({
    ...{ status: 400, code: 'QUERY_WRONG', detail: expect.stringContaining('8192') as unknown },
  });
});
