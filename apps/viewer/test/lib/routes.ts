import type { Hono } from 'hono';
import type { Permission } from '../../src/access/permissions.ts';
import type { Env } from '../../src/env.ts';
import { NEEDS } from '../../src/http/signed-in.ts';

/** A route of the app, as the app itself has it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** What it asks for; none for a route without a guard. */
  readonly needs: readonly Permission[];
}

/** Every route that the app answers, each once, in its own order; middleware on everything is none. */
export function routesOf(app: Hono<Env>): readonly Route[] {
  const found = new Map<string, Route>();
  for (const { method, path, handler } of app.routes) {
    if (path === '/*') continue;
    const key = `${method} ${path}`;
    const needs = NEEDS in handler ? [handler[NEEDS] as Permission] : [];
    found.set(key, { method, path, needs: [...(found.get(key)?.needs ?? []), ...needs] });
  }
  return [...found.values()];
}

/** Values of parameters in paths, such that there may be something. */
const VALUES: Readonly<Record<string, string>> = { token: '0123456789abcdef', index: '3', name: 'nobody' };

/** A path that a route answers. */
export function pathOf({ path }: Route): string {
  return path
    .replaceAll(/:(\w+)(\{[^}]*\})?\??/g, (_, name: string) => VALUES[name] ?? '1')
    .replaceAll('*', 'x');
}
