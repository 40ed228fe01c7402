import { AssertionError } from 'node:assert';
import { expressRoutes } from './routes/express.ts';
import { fastifyRoutes } from './routes/fastify.ts';
import { honoRoutes } from './routes/hono.ts';
import type { Route } from './routes/route.ts';

/** Which routes need not say anything. */
export interface RouteExceptions {
  /** Patterns as they were defined (`/health`), with the method before it or without (`GET /health`), or expressions over both. */
  readonly except?: readonly (string | RegExp)[];
}

/**
 * Asserts that every route of a Hono, Express 5 or Fastify 5 app went through `audited` or `unaudited`. A Fastify app is to be
 * ready (`await app.ready()`), and to be made after this package was imported.
 *
 * @throws AssertionError naming each route that says nothing, and each exception that is no route
 * @throws TypeError for an app of another framework
 * @example
 * test('no route is forgotten', () => assertAllRoutesAudited(app, { except: ['GET /health'] }));
 */
export function assertAllRoutesAudited(app: unknown, { except = [] }: RouteExceptions = {}): void {
  const routes = fastifyRoutes(app) ?? honoRoutes(app) ?? expressRoutes(app);
  if (routes === undefined) throw new TypeError('this is no app of Hono, Express 5 or Fastify 5');
  const silent = routes.filter((route) => !route.isMarked && !except.some((rule) => isMeant(rule, route)));
  const stale = except.filter((rule) => !routes.some((route) => isMeant(rule, route)));
  const problems = [
    ...(routes.length === 0 ? ['the app has no routes'] : []),
    ...silent.map((route) => `${nameOf(route)} is neither audited nor said to be unaudited`),
    ...stale.map((rule) => `${String(rule)} is excepted and no route`),
  ];
  if (problems.length > 0)
    throw new AssertionError({ message: problems.join('\n'), stackStartFn: assertAllRoutesAudited });
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

function isMeant(rule: string | RegExp, route: Route): boolean {
  if (rule instanceof RegExp) return nameOf(route).search(rule) >= 0;
  return rule === route.path || rule === nameOf(route);
}
