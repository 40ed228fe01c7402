import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { addressGroup } from '../access/address-group.ts';
import type { Trier } from '../access/attempts.ts';
import type { Next } from '../access/log-ins.ts';
import type { Halfway } from '../access/pending.ts';
import { may, type Role } from '../access/permissions.ts';
import type { User } from '../access/user.ts';
import { recordLogIn } from '../consult/log-in.ts';
import type { Env } from '../env.ts';
import { clientAddress } from '../http/client-address.ts';
import { readForm } from '../http/form.ts';
import { respond } from '../http/respond.ts';
import type { Services } from '../services.ts';
import { LOG_IN } from '../texts/access.ts';
import { CodePage, LogInPage } from '../views/log-in.tsx';

type C = Context<Env>;

/** `/login`, `/login/code`, `/logout`: how people come in and go. */
export function loginRoutes(services: Services): Hono<Env> {
  const { entrance, sessions, cookie } = services;
  const { pending, halfway } = entrance;
  const app = new Hono<Env>();
  app.get('/login', async (c) => {
    const session = sessions.find(cookie.get(c));
    return session === undefined
      ? respond(c, LogInPage({ c, services }))
      : c.redirect(entrance.next.take(c) ?? homeOf(session.roles), 303);
  });
  app.post('/login', async (c) => {
    const form = await readForm(c);
    return withToken(services, c, form('name').trim(), form('token'));
  });
  app.get('/login/code', async (c) => {
    const found = pending.find(halfway.get(c) ?? '');
    if (found === undefined) return c.redirect('/login', 303);
    return respond(c, CodePage({ c, services, halfway: found }));
  });
  app.post('/login/code', async (c) => {
    const secret = halfway.get(c) ?? '';
    const found = pending.find(secret);
    const form = await readForm(c);
    if (found !== undefined) return withCode(services, c, { secret, found, code: form('code') });
    return respond(c, LogInPage({ c, services, problem: LOG_IN[c.get('language')].gone }), 401);
  });
  app.post('/logout', (c) => {
    sessions.end(cookie.get(c));
    cookie.clear(c);
    entrance.next.take(c);
    return c.redirect('/login', 303);
  });
  return app;
}

async function withToken(services: Services, c: C, name: string, token: string): Promise<Response> {
  const { logIns, pending, halfway, refusalAfter } = services.entrance;
  const earliest = sleep(refusalAfter);
  const next = await logIns.withToken(trierOf(services, c, name), token);
  switch (next.kind) {
    case 'in':
      return comeIn(services, c, next.user, false);
    case 'code':
    case 'set-up': {
      const secret = next.kind === 'set-up' ? next.secret : undefined;
      pending.drop(halfway.get(c) ?? '');
      halfway.set(c, pending.put({ user: next.user.name, epoch: next.user.epoch, secret }));
      return c.redirect('/login/code', 303);
    }
    case 'refused':
      await refused(services, c, next, 'token');
      await earliest;
      return respond(c, LogInPage({ c, services, problem: LOG_IN[c.get('language')].refused }), 401);
    case 'wait':
      return respond(c, LogInPage({ c, services, problem: waiting(c, next.ms) }), 429);
    default:
      return next satisfies never;
  }
}

async function withCode(
  services: Services,
  c: C,
  { secret, found, code }: { readonly secret: string; readonly found: Halfway; readonly code: string },
): Promise<Response> {
  const { logIns, pending, halfway } = services.entrance;
  const trier = trierOf(services, c, found.user);
  const next =
    found.secret === undefined
      ? logIns.withCode(trier, found.epoch, code)
      : logIns.withSetUp(trier, found.epoch, found.secret, code);
  if (next.kind === 'in') {
    pending.drop(secret);
    halfway.clear(c);
    return comeIn(services, c, next.user, true);
  }
  const words = LOG_IN[c.get('language')];
  if (next.kind === 'wait')
    return respond(c, CodePage({ c, services, halfway: found, problem: waiting(c, next.ms) }), 429);
  if (next.kind === 'refused') await refused(services, c, next, 'code');
  if (pending.failed(secret))
    return respond(c, CodePage({ c, services, halfway: found, problem: words.codeRefused }), 401);
  halfway.clear(c);
  return respond(c, LogInPage({ c, services, problem: words.gone }), 401);
}

/** A session of its own, whatever the browser brought along: nobody can have fixed its secret before. */
async function comeIn(services: Services, c: C, user: User, isStrong: boolean): Promise<Response> {
  const { sessions, cookie, entrance } = services;
  const address = clientAddress(c, entrance.behindProxy);
  const fields = isStrong ? (['token', 'code'] as const) : (['token'] as const);
  await recordLogIn(services, { user: user.name, address, outcome: 'success', fields });
  const roles = new Set(user.roles);
  sessions.end(cookie.get(c));
  cookie.set(c, sessions.begin(user.name, roles, isStrong, user.epoch));
  return c.redirect(entrance.next.take(c) ?? homeOf(roles), 303);
}

async function refused(
  services: Services,
  c: C,
  { known, closed }: Extract<Next, { kind: 'refused' }>,
  what: 'token' | 'code',
): Promise<void> {
  await recordLogIn(services, {
    user: known,
    address: clientAddress(c, services.entrance.behindProxy),
    outcome: 'denied',
    fields: closed ? [what, 'lockout'] : [what],
  });
}

function trierOf({ entrance }: Services, c: C, name: string): Trier {
  return { name, address: addressGroup(clientAddress(c, entrance.behindProxy)) };
}

function waiting(c: C, ms: number): string {
  c.header('retry-after', String(Math.ceil(ms / 1000)));
  return LOG_IN[c.get('language')].wait(Math.ceil(ms / 60_000));
}

/** The first page that roles may see. */
function homeOf(roles: ReadonlySet<Role>): string {
  return may(roles, 'search') ? '/' : '/admin';
}
