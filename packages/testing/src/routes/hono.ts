import { isMarked, listOf, member, type Route } from './route.ts';

/** One registration: a handler or a middleware. */
interface Registered {
  readonly method: string;
  readonly path: string;
  readonly handler: unknown;
}

/** Handlers take the context, middleware the next one too. */
const MIDDLEWARE_PARAMETERS = 2;
const ALL = 'ALL';

/** Routes of a Hono app, undefined for anything else. What a mounted app of another framework has can't be seen. */
export function honoRoutes(app: unknown): readonly Route[] | undefined {
  if (!Array.isArray(member(app, 'routes')) || typeof member(app, 'fetch') !== 'function') return undefined;
  const registered = listOf(member(app, 'routes')).map(
    (each): Registered => ({
      method: String(member(each, 'method')),
      path: String(member(each, 'path')),
      handler: target(member(each, 'handler')),
    }),
  );
  const marks = registered.filter(({ handler }) => isMarked(handler));
  const routes = new Map<string, Route>();
  for (const { method, path, handler } of registered) {
    if (isMiddleware(method, handler)) continue;
    const marked = marks.some((mark) => covers(mark, method, path));
    routes.set(`${method} ${path}`, { method, path, isMarked: marked });
  }
  return [...routes.values()];
}

/** What `app.use` registered; a handler for any method is told from it by its parameters. */
function isMiddleware(method: string, handler: unknown): boolean {
  return isMarked(handler) || (method === ALL && member(handler, 'length') === MIDDLEWARE_PARAMETERS);
}

function covers(mark: Registered, method: string, path: string): boolean {
  if (mark.method !== ALL && mark.method !== method) return false;
  if (mark.path === path) return true;
  const prefix = mark.path.endsWith('*') ? mark.path.slice(0, -1) : undefined;
  return prefix !== undefined && `${path}/`.startsWith(prefix);
}

/** The handler itself, where an app with an error handler of its own was mounted. */
function target(handler: unknown): unknown {
  const inner = member(handler, '__COMPOSED_HANDLER');
  return inner === undefined ? handler : target(inner);
}
