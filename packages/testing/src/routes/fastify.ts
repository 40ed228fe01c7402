import { subscribe } from 'node:diagnostics_channel';
import { isMarked, member, type Route } from './route.ts';

/** Hooks that a route's options may hold `audited` in. */
const HOOKS = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'handler'] as const;

const apps = new WeakMap<object, Route[]>();

// Fastify tells a route only while it is added: each app is listened to from its making on.
subscribe('fastify.initialization', (message) => {
  const app = member(message, 'fastify');
  const addHook = member(app, 'addHook');
  if (typeof app !== 'object' || app === null || typeof addHook !== 'function') return;
  const routes: Route[] = [];
  apps.set(app, routes);
  Reflect.apply(addHook, app, [
    'onRoute',
    (options: unknown): void => void routes.push(...routesOf(options)),
  ]);
});

/** Routes of a Fastify 5 app, undefined for anything else. @throws TypeError of an app made before this module was loaded */
export function fastifyRoutes(app: unknown): readonly Route[] | undefined {
  if (typeof app !== 'object' || app === null || typeof member(app, 'addHook') !== 'function')
    return undefined;
  if (typeof member(app, 'inject') !== 'function') return undefined;
  const routes = apps.get(app);
  if (routes === undefined) {
    throw new TypeError('the Fastify app was made before @zegel/testing was imported: import it first');
  }
  return routes;
}

function routesOf(options: unknown): readonly Route[] {
  const methods = [member(options, 'method')].flat().map((method) => String(method).toUpperCase());
  const marked = HOOKS.some((hook) => isMarked(member(options, hook)));
  return methods.map((method) => ({ method, path: String(member(options, 'url')), isMarked: marked }));
}
