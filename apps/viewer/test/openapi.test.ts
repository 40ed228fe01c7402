import { expect, test } from 'vitest';
import type { Scope } from '../src/access/token.ts';
import { misfits } from './lib/json-schema.ts';
import { routesOf } from './lib/routes.ts';
import { read, type Stage, stage } from './lib/stage.ts';

type Json = Readonly<Record<string, unknown>>;
type Described = Readonly<
  Record<string, Readonly<Record<string, { readonly responses: Responses; readonly security?: unknown }>>>
>;
type Responses = Readonly<
  Record<string, { readonly content: Readonly<Record<string, { readonly schema?: unknown }>> }>
>;

async function description(on: Stage): Promise<{ readonly root: Json; readonly paths: Described }> {
  const root = (await (await on.app.request('/v1/openapi.json')).json()) as Json;
  return { root, paths: root['paths'] as Described };
}

test('every route of the API is described, and nothing else is', async () => {
  const on = await stage();
  const { root, paths } = await description(on);
  expect(root['openapi']).toBe('3.1.0');
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = routesOf(on.app)
    .filter(({ method, path }) => method !== 'ALL' && /^\/(?:v1|log|healthz|metrics)(?:\/|$)/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(':index', '{index}').replace('*', '{path}')}`);
  expect(described.toSorted()).toEqual(served.toSorted());
});

const tokens = new WeakMap<Stage, Map<string, string>>();

/** One token for each set of scopes: making one is slow on purpose. */
async function tokenFor(on: Stage, scopes: readonly Scope[]): Promise<string> {
  const known = tokens.get(on) ?? new Map<string, string>();
  tokens.set(on, known);
  const name = scopes.join();
  const text = known.get(name) ?? (await on.services.access.newToken('siem', scopes)).text;
  known.set(name, text);
  return text;
}

/** Asks, and holds the answer against the description. */
async function held(
  on: Stage,
  path: string,
  template: string,
  init: RequestInit & { scopes?: readonly Scope[] } = {},
) {
  const { root, paths } = await description(on);
  const { scopes = ['events', 'read', 'metrics', 'reveal'], ...more } = init;
  const text = await tokenFor(on, scopes);
  const headers = {
    authorization: `Bearer ${text}`,
    'content-type': 'application/json',
    ...(more.headers as Json),
  };
  const answer = await on.app.request(path, { ...more, headers: headers as Record<string, string> });
  const method = (more.method ?? 'GET').toLowerCase();
  const described = paths[template]?.[method]?.responses[String(answer.status)];
  expect(described, `${method} ${path}: ${answer.status}`).toBeDefined();
  const type = answer.headers.get('content-type') ?? '';
  const content = described?.content[type];
  expect(content, `${path}: ${type}`).toBeDefined();
  const body = Buffer.from(await answer.arrayBuffer());
  const wrong =
    content?.schema === undefined ? [] : misfits(JSON.parse(body.toString()), content.schema, root);
  expect(wrong, `${method} ${path}`).toEqual([]);
  return answer.status;
}

const json = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

test('every answer is as described', async () => {
  const on = await stage({ events: [read(1), read(2)] });
  const [entries, one, proof] = ['/v1/entries', '/v1/entries/{index}', '/v1/entries/{index}/proof'];
  const search = '/v1/entries/search';
  const reason = { headers: { 'zegel-reason': 'a complaint' } };
  expect([
    await held(on, '/v1/events', '/v1/events', json([read(3), read(4)])),
    await held(on, '/v1/events', '/v1/events', json([read(5), { bad: 1 }])),
    await held(on, '/v1/events', '/v1/events', json([{ bad: 1 }])),
    await held(on, '/v1/events', '/v1/events', { method: 'POST', body: '{' }),
    await held(on, '/v1/gaps', '/v1/gaps', json({ bad: 1 })),
    await held(on, entries, entries),
    await held(on, `${entries}?limit=1`, entries),
    await held(on, entries, entries, reason),
    await held(on, `${entries}?limit=x`, entries),
    await held(on, search, search, json({ query: 'kind:access', limit: 1 })),
    await held(on, search, search, json({ query: 'subject:customer:c-2', reason: 'a complaint' })),
    await held(on, search, search, json({ query: 'subject:customer:c-2' })),
    await held(on, search, search, { ...json({ query: '' }), scopes: ['events'] }),
    await held(on, search, search, { ...json({ query: '' }), headers: { 'content-type': 'text/plain' } }),
    await held(on, '/v1/entries/0', one),
    await held(on, '/v1/entries/2', one),
    await held(on, '/v1/entries/2', one, reason),
    await held(on, '/v1/entries/2', one, { scopes: ['events'] }),
    await held(on, '/v1/entries/2', one, { headers: { authorization: 'x' } }),
    await held(on, '/v1/entries/999', one),
    await held(on, '/v1/entries/2/proof', proof),
    await held(on, '/log/checkpoint', '/log/checkpoint'),
    await held(on, '/log/tile/0/000.p/2', '/log/tile/{path}'),
    await held(on, '/log/tile/0/001', '/log/tile/{path}'),
    await held(on, '/log/tile/entries/000.p/2', '/log/tile/entries/{path}'),
    await held(on, '/log/tile/entries/001', '/log/tile/entries/{path}'),
    await held(on, '/healthz', '/healthz'),
    await held(on, '/metrics', '/metrics'),
    await held(on, '/v1/openapi.json', '/v1/openapi.json'),
  ]).toEqual([
    ...[201, 207, 422, 400, 422, 200, 200, 200, 400],
    ...[200, 200, 400, 403, 415],
    ...[200, 200, 200, 403, 401, 404, 200, 200, 200, 404, 200, 404, 200, 200, 200],
  ]);
});

test('an entry whose body is gone is as described, and its bundle too', async () => {
  const on = await stage({ events: [1, 2, 3].map((n) => read(n)) });
  const { store } = on.log as unknown as { store: { prune: (cover: object) => Promise<void> } };
  await store.prune({ by: 4, ranges: [[3, 3]] });
  expect(await held(on, '/v1/entries/3', '/v1/entries/{index}')).toBe(200);
  expect(await held(on, '/log/tile/entries/000.p/4', '/log/tile/entries/{path}')).toBe(410);
  expect(await held(on, '/log/tile/entries/000.p/3', '/log/tile/entries/{path}')).toBe(200);
});

test('what is not described is found', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'integer' } },
    required: ['a'],
    additionalProperties: false,
  };
  expect(misfits({ a: 1 }, schema, {})).toEqual([]);
  expect(misfits({ a: 'x', b: 1 }, schema, {})).toEqual(['/b: is not described', '/a: is no integer']);
  expect(misfits({}, schema, {})).toEqual(['/a: is missing']);
  expect(misfits({}, { nonsense: 1 }, {})).toHaveLength(1);
});
