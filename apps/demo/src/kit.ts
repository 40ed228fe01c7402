import type { HonoCapture } from '@zegel/hono';
import type { Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Tables } from './data/schema.ts';
import type { Guard } from './guard.ts';
import type { Register } from './register-types.ts';
import type { Sessions, User } from './sessions.ts';

/** What Hono's contexts carry here. */
export interface Env {
  readonly Variables: { readonly user: User | undefined };
}

export type App = Hono<Env>;

/** What routes are made with. */
export interface Kit {
  readonly db: Kysely<Tables>;
  readonly sessions: Sessions;
  readonly capture: HonoCapture<Register>;
  readonly guard: Guard;
}

/** The customer that a route's `:id` names. */
export function customerOf({
  capture,
}: Kit): (c: Context) => ReturnType<Kit['capture']['persons']['customer']> {
  return (c) => capture.persons.customer(c.req.param('id') ?? '');
}

/** Who is logged in. */
export function userOf(c: Context): User | undefined {
  return (c as Context<Env>).get('user');
}

/** A problem document (RFC 9457). */
export function problem(c: Context, status: 400 | 401 | 403 | 404, detail: string): Response {
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify({ type: 'about:blank', status, detail }), status);
}
