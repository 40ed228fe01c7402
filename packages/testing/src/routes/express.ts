import { METHODS } from 'node:http';
import { isMarked, listOf, member, type Route } from './route.ts';

/** Where the framework does not tell a router's own path. */
const SOMEWHERE = '…';
const ALL = 'ALL';

/** Routes of an Express 5 app or router, undefined for anything else. */
export function expressRoutes(app: unknown): readonly Route[] | undefined {
  const stack = member(member(app, 'router'), 'stack') ?? member(app, 'stack');
  return Array.isArray(stack) ? routesOf(stack, '', false) : undefined;
}

/** @param isCovered whether something before the router marks all that is in it */
function routesOf(stack: readonly unknown[], prefix: string, isCovered: boolean): readonly Route[] {
  const found: Route[] = [];
  const marks: unknown[] = [];
  for (const layer of stack) {
    const [route, handle] = [member(layer, 'route'), member(layer, 'handle')];
    const inner = member(handle, 'stack');
    if (route !== undefined) found.push(...methodsOf(route, prefix, isCovered, marks));
    else if (isMarked(handle)) marks.push(layer);
    else if (Array.isArray(inner)) {
      const all = isCovered || marks.some((mark) => member(mark, 'slash') === true);
      found.push(...routesOf(inner, join(prefix, mountOf(layer)), all));
    }
  }
  return found;
}

function methodsOf(
  route: unknown,
  prefix: string,
  isCovered: boolean,
  marks: readonly unknown[],
): readonly Route[] {
  const own = listOf(member(route, 'stack')).map((layer) => ({
    method: methodOf(member(layer, 'method')),
    marked: isMarked(member(layer, 'handle')),
  }));
  const methods = [...new Set(own.map(({ method }) => method))];
  const isOwn = (method: string): boolean =>
    own.some((each) => each.marked && (each.method === method || each.method === ALL));
  return [member(route, 'path')].flat().flatMap((path) => {
    const isBefore = marks.some((mark) => member(mark, 'slash') === true || member(mark, 'rawPath') === path);
    const routes = methods.map((method) => ({
      method,
      path: join(prefix, String(path)),
      isMarked: isCovered || isBefore || isOwn(method),
    }));
    return joined(routes);
  });
}

/** `app.all` adds a route for each method there is: told as one, unless they differ. */
function joined(routes: readonly Route[]): readonly Route[] {
  const [first] = routes;
  const isAll =
    routes.length >= METHODS.length && routes.every(({ isMarked: each }) => each === first?.isMarked);
  return isAll && first !== undefined ? [{ ...first, method: ALL }] : routes;
}

function methodOf(method: unknown): string {
  return typeof method === 'string' ? method.toUpperCase() : ALL;
}

function mountOf(layer: unknown): string {
  if (member(layer, 'slash') === true) return '';
  const path = member(layer, 'rawPath');
  return typeof path === 'string' ? path : SOMEWHERE;
}

function join(prefix: string, path: string): string {
  const whole = `${prefix.replace(/\/$/, '')}${path === '/' && prefix !== '' ? '' : path}`;
  return whole === '' ? '/' : whole;
}
