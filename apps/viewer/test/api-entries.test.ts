import { checkTlogProof, parseVkey } from '@zegel/core';
import { expect, test } from 'vitest';
import type { Scope } from '../src/access/token.ts';
import { consultations } from './lib/consultations.ts';
import { read, type Stage, stage } from './lib/stage.ts';

type Json = Readonly<Record<string, unknown>>;

/** Asks with a token of these scopes. */
async function asker(on: Stage, ...scopes: Scope[]) {
  const { text } = await on.services.access.newToken('siem', scopes);
  return async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await on.app.request(path, { headers: { authorization: `Bearer ${text}`, ...headers } });
    const type = answer.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await answer.arrayBuffer());
    const body = (type.includes('json') ? JSON.parse(bytes.toString()) : {}) as Json;
    return { status: answer.status, headers: answer.headers, body, bytes };
  };
}

const events = [1, 2, 3, 4, 5].map((n) => read(n));

test('entries are listed newest first, page by page, persons by pseudonym', async () => {
  const on = await stage({ events });
  const ask = await asker(on, 'read');
  const first = await ask('/v1/entries?q=kind:access%20service:dashboard&limit=2');
  expect(first.status).toBe(200);
  expect(first.body).toMatchObject({ entries: [{ index: 6 }, { index: 5 }], next: 5 });
  const second = await ask('/v1/entries?q=service:dashboard&limit=3&below=5');
  expect(second.body).toMatchObject({ entries: [{ index: 4 }, { index: 3 }, { index: 2 }] });
  expect(second.body['next']).toBeUndefined();
  const [entry] = first.body['entries'] as Json[];
  expect(entry).toMatchObject({
    actor: { kind: 'employee', role: 'support', person: { type: 'employee' } },
    subjects: [{ type: 'customer', involvement: 'target' }],
    sealed: [{ part: 'origin' }],
  });
  const text = JSON.stringify([first.body, second.body]);
  expect(text).not.toMatch(/"c-\d|"e-\d|192\.0\.2/);
  expect(entry).toHaveProperty(
    'actor.person.token',
    Buffer.from(on.log.vault.personKey('employee', 'e-2')).toString('hex').slice(0, 16),
  );
});

test('every request is an entry of its own, by the name of the token, and by shape only', async () => {
  const on = await stage({ events });
  const ask = await asker(on, 'read', 'reveal');
  await ask('/v1/entries?q=service:dashboard%20-outcome:denied%20customer');
  await ask('/v1/entries/3');
  await ask('/v1/entries/3', { 'zegel-reason': 'a complaint' });
  await ask('/v1/entries/3/proof');
  const left = await consultations(on);
  expect(left).toMatchObject([
    {
      action: 'search',
      operation: 'api.search',
      fields: ['outcome', 'service', 'word'],
      actor: { kind: 'system' },
    },
    { action: 'read', operation: 'api.entry', fields: ['index'], subjectCount: 2 },
    { action: 'read', operation: 'api.entry-reveal', fields: ['index'], sealed: [{ part: 'reason' }] },
  ]);
  expect(left[0]?.['subjectCount']).toBe(8);
  expect(JSON.stringify(left)).not.toMatch(/dashboard|complaint/);
});

test('who somebody is, and what is sealed, is told only for a reason and with the scope', async () => {
  const on = await stage({ events });
  const ask = await asker(on, 'read', 'reveal');
  expect(JSON.stringify((await ask('/v1/entries/3')).body)).not.toContain('"c-2"');
  const { body } = await ask('/v1/entries/3', { 'zegel-reason': 'a complaint' });
  expect(body).toMatchObject({
    subjects: [{ type: 'customer', id: 'c-2' }],
    actor: { person: { type: 'employee', id: 'e-2' } },
    sealed: [{ part: 'origin', value: { ip: '192.0.2.7' } }],
  });
  expect((await ask('/v1/entries/3', { 'zegel-reason': ' ' })).body).toMatchObject({
    code: 'PARAMETER_WRONG',
  });
  const plain = await asker(on, 'read');
  expect((await plain('/v1/entries/3', { 'zegel-reason': 'a complaint' })).body).toMatchObject({
    status: 403,
    code: 'SCOPE_MISSING',
  });
});

test('a proof is that of the exact bytes, to be checked without the log', async () => {
  const on = await stage({ events });
  const ask = await asker(on, 'read');
  const { bytes: proof, headers } = await ask('/v1/entries/4/proof');
  expect(headers.get('content-disposition')).toBe('attachment; filename="4.tlog-proof"');
  const { bytes: entry } = await on.log.entry(4);
  expect(
    checkTlogProof({
      proof: proof.toString(),
      entry: entry ?? Buffer.alloc(0),
      verifiers: [parseVkey(on.log.vkey)],
    }),
  ).toMatchObject({ ok: true, index: 4 });
});

const REFUSED = [
  ['/v1/entries?q=nonsense:x', 400, 'QUERY_WRONG'],
  ['/v1/entries?q=subject:customer:c-1', 400, 'QUERY_NAMES_PERSON'],
  ['/v1/entries?q=-actor:employee:e-1', 400, 'QUERY_NAMES_PERSON'],
  ['/v1/entries?limit=0', 400, 'PARAMETER_WRONG'],
  ['/v1/entries?limit=1001', 400, 'PARAMETER_WRONG'],
  ['/v1/entries?below=-1', 400, 'PARAMETER_WRONG'],
  ['/v1/entries?query=x', 400, 'PARAMETER_WRONG'],
  ['/v1/entries/3?x=1', 400, 'PARAMETER_WRONG'],
  ['/v1/entries/99', 404, 'NOT_FOUND'],
  ['/v1/entries/01', 404, 'NOT_FOUND'],
  ['/v1/entries/-1', 404, 'NOT_FOUND'],
  ['/v1/entries/1e1', 404, 'NOT_FOUND'],
  ['/v1/entries/99/proof', 404, 'NOT_FOUND'],
] as const;

test('what is not asked for rightly is refused, and leaves no identity behind', async () => {
  const on = await stage({ events: [read(1)] });
  const ask = await asker(on, 'read');
  for (const [path, status, code] of REFUSED) {
    const { body, headers } = await ask(path);
    expect(body, path).toMatchObject({ status, code });
    expect(headers.get('content-type')).toBe('application/problem+json');
  }
  expect(await consultations(on)).toHaveLength(0);
});

test('without a token, with another scope, or with a session only, nothing is told', async () => {
  const on = await stage({ events });
  for (const path of ['/v1/entries', '/v1/entries/3', '/v1/entries/3/proof']) {
    expect((await on.app.request(path)).status).toBe(401);
    expect((await on.get(path)).status).toBe(401);
    expect((await (await asker(on, 'events', 'metrics'))(path)).status).toBe(403);
  }
});
