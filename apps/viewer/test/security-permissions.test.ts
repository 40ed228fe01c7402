import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { may, type Permission, PERMISSIONS, ROLES } from '../src/access/permissions.ts';
import type { Env } from '../src/env.ts';
import { pathOf, type Route, routesOf } from './lib/routes.ts';
import { read, stage, type Visitor } from './lib/stage.ts';
import { entries } from './served.ts';

/** Routes that ask for no permission, and why that is right. Whoever adds one says it here. */
const OPEN: Readonly<Record<string, string>> = {
  'GET /healthz': 'tells whether the log can be read, and nothing else',
  'ALL /healthz': 'refuses other methods',
  'POST /v1/events': 'asks for a service token',
  'ALL /v1/events': 'refuses other methods',
  'POST /v1/gaps': 'asks for a service token',
  'ALL /v1/gaps': 'refuses other methods',
  'GET /v1/entries': 'asks for a service token',
  'POST /v1/entries/search': 'asks for a service token',
  'GET /v1/entries/:index': 'asks for a service token',
  'GET /v1/entries/:index/proof': 'asks for a service token',
  'GET /v1/openapi.json': 'describes the API, the same for everybody',
  'GET /log/checkpoint': 'a signed hash, for whoever watches the log',
  'GET /log/tile/entries/*': 'asks for a service token',
  'GET /log/tile/*': 'hashes, for whoever watches the log',
  'GET /public/*': 'styles and scripts, the same for everybody',
  'POST /preferences': 'language and appearance, in cookies that name nobody',
  'GET /login': 'the way in',
  'POST /login': 'the way in',
  'GET /login/code': 'the way in, for who has shown a login token',
  'POST /login/code': 'the way in, for who has shown a login token',
  'POST /logout': 'the way out',
};

/** Routes that neither ask for a permission nor are known to need none. */
function unguarded(routes: readonly Route[]): readonly string[] {
  return routes
    .filter(({ needs }) => needs.length === 0)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !Object.hasOwn(OPEN, name));
}

test('every route asks for a permission, or is known to need none', async () => {
  const routes = routesOf((await stage()).app);
  expect(unguarded(routes)).toEqual([]);
  expect(routes.filter(({ needs }) => needs.length > 0).length).toBeGreaterThan(5);
  const names = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  expect(Object.keys(OPEN).filter((name) => !names.has(name))).toEqual([]);
});

test('a route that somebody forgets to guard is found', () => {
  const app = new Hono<Env>();
  app.get('/new/:id', (c) => c.text('open'));
  expect(unguarded(routesOf(new Hono<Env>().route('/', app)))).toEqual(['GET /new/:id']);
});

const request = ({ get, post }: Visitor, route: Route): Promise<Response> => {
  const headers = { accept: '*/*' };
  return route.method === 'GET' ? get(pathOf(route), headers) : post(pathOf(route), {}, headers);
};

/** How a request was answered, as far as permissions go. */
async function verdict(visitor: Visitor, route: Route): Promise<string> {
  const answer = await request(visitor, route);
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const code = isProblem ? ((await answer.json()) as { code: string }).code : undefined;
  if (!isProblem) await answer.body?.cancel();
  const policy = answer.headers.get('content-security-policy') ?? 'none';
  if (!policy.startsWith("default-src 'none'") || answer.headers.get('cache-control') !== 'no-store')
    return 'let in without a policy, or to be cached';
  if (
    answer.headers.get('location')?.startsWith('/login') === true ||
    ['SIGN_IN', 'TOKEN_MISSING'].includes(code ?? '')
  )
    return 'sign in';
  if (code === 'PERMISSION_MISSING') return 'refused';
  return answer.status >= 500 ? `fault ${answer.status}` : 'let in';
}

test('every guarded route lets in who may, refuses who may not and tells nobody else anything', async () => {
  const { app, as } = await stage({ events: [read(1), read(2)] });
  const guarded = routesOf(app).filter(({ needs }) => needs.length > 0);
  const visitors = ROLES.map((role) => [role, as(role)] as const);
  for (const route of guarded) {
    const name = `${route.method} ${route.path}`;
    expect(await verdict(as(), route), `${name} by nobody`).toBe('sign in');
    for (const [role, visitor] of visitors) {
      const allowed = route.needs.every((need) => may(new Set([role]), need));
      expect(await verdict(visitor, route), `${name} by ${role}`).toBe(allowed ? 'let in' : 'refused');
    }
  }
});

test('programs without a token hear what they lack (401), and are led nowhere', async () => {
  const { app } = await stage({ events: [read(1)] });
  const asked = routesOf(app).filter(
    ({ method, path }) => method !== 'ALL' && /^\/(?:v1|log|metrics)\b/.test(path),
  );
  const answers = new Map<string, unknown>();
  for (const route of asked) {
    const { status, headers } = await app.request(pathOf(route), { method: route.method });
    answers.set(`${route.method} ${route.path}`, status === 401 ? headers.get('www-authenticate') : status);
  }
  const bearer = 'Bearer realm="zegel"';
  expect(Object.fromEntries(answers)).toEqual({
    'GET /metrics': bearer,
    'POST /v1/events': bearer,
    'POST /v1/entries/search': bearer,
    'POST /v1/gaps': bearer,
    'GET /v1/entries': bearer,
    'GET /v1/entries/:index': bearer,
    'GET /v1/entries/:index/proof': bearer,
    'GET /v1/openapi.json': 200,
    'GET /log/checkpoint': 200,
    'GET /log/tile/entries/*': bearer,
    'GET /log/tile/*': 404,
  });
});

test('each refusal is an entry that names the permission', async () => {
  const { as, dir } = await stage();
  expect((await as('auditor').get('/admin')).status).toBe(403);
  const last = (await entries(dir)).at(-1);
  expect(last).toMatchObject({ operation: 'viewer.denied', outcome: 'denied', fields: ['users'] });
});

test('the written table is that of the code', async () => {
  const routes = routesOf((await stage()).app);
  await expect(document(routes)).toMatchFileSnapshot('../../../docs/guides/viewer-permissions.md');
});

function document(routes: readonly Route[]): string {
  const permissions = Object.keys(PERMISSIONS) as Permission[];
  const roles = permissions.map((permission) => {
    const marks = ROLES.map((role) => (PERMISSIONS[permission].includes(role) ? 'yes' : ''));
    return `| ${[permission, ...marks].join(' | ')} |`;
  });
  const guarded = routes.filter(({ needs }) => needs.length > 0);
  return [
    '# Who may do what in the viewer\n',
    'Made by `apps/viewer/test/security-permissions.test.ts` from the code; the same test asks for every route as every role and as nobody.\n',
    `| permission | ${ROLES.join(' | ')} |\n|---${'|---'.repeat(ROLES.length)}|\n${roles.join('\n')}\n`,
    'Somebody may have several roles. Without a session a page leads to the log-in and everything else is refused (401); without the permission it is refused (403) and an entry `viewer.denied` is appended.\n',
    '| route | asks for |\n|---|---|',
    ...guarded.map(({ method, path, needs }) => `| \`${method} ${path}\` | ${needs.join(', ')} |`),
    ...Object.entries(OPEN).map(([name, why]) => `| \`${name}\` | nothing: ${why} |`),
    '',
  ].join('\n');
}
