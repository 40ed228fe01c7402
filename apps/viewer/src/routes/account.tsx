import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { addressGroup } from '../access/address-group.ts';
import type { Session } from '../access/sessions.ts';
import { FACTOR_BYTES } from '../access/totp.ts';
import type { User } from '../access/user.ts';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { clientAddress } from '../http/client-address.ts';
import { readForm } from '../http/form.ts';
import { HttpError } from '../http/http-error.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { zoneOf } from '../http/zone.ts';
import type { Services } from '../services.ts';
import { ACCOUNT, LOG_IN } from '../texts/access.ts';
import { AccountPage, type AccountProps } from '../views/account.tsx';

type C = Context<Env>;

/** Second factors that are being set up; gone with their session. */
type Unproven = WeakMap<Session, Uint8Array>;

/** `/account`: what one is here, and one's second factor. */
export function accountRoutes(services: Services): Hono<Env> {
  const { users } = services.access;
  const unproven: Unproven = new WeakMap();
  const app = new Hono<Env>();
  const guard = signedIn(services, 'account');
  const show = async (
    c: C,
    more: Partial<AccountProps> = {},
    status: 200 | 401 | 429 = 200,
  ): Promise<Response> => {
    const { name, session } = c.get('viewer');
    const [user, login, zone] = [users.find(name), users.loginOf(name), await zoneOf(services)];
    const secret = unproven.get(session);
    return respond(c, AccountPage({ c, services, user, login, secret, zone, ...more }), status);
  };
  app.get('/account', guard, (c) => show(c, { done: c.req.query('done') !== undefined }));
  app.post('/account/factor', guard, async (c) => {
    const { session } = c.get('viewer');
    const user = userOf(services, c);
    unproven.delete(session);
    if (user.factor !== undefined) {
      const problem = await proves(services, c, (await readForm(c))('code'));
      if (problem !== undefined) return show(c, { problem }, 401);
    }
    unproven.set(session, randomBytes(FACTOR_BYTES));
    return c.redirect('/account', 303);
  });
  app.post('/account/factor/confirm', guard, async (c) => {
    const { session } = c.get('viewer');
    const secret = unproven.get(session);
    if (secret === undefined) return c.redirect('/account', 303);
    const code = (await readForm(c))('code');
    if (!(await takes(services, c, secret, code)))
      return show(c, { problem: ACCOUNT[c.get('language')].wrongCode }, 401);
    unproven.delete(session);
    return c.redirect('/account?done', 303);
  });
  return app;
}

/** Whether a code is of the present second factor, else why not in words. Counts with the codes of log-ins. */
async function proves(services: Services, c: C, code: string): Promise<string | undefined> {
  const { logIns, behindProxy } = services.entrance;
  const { name, session } = c.get('viewer');
  const trier = { name, address: addressGroup(clientAddress(c, behindProxy)) };
  const next = logIns.withCode(trier, session.epoch, code);
  if (next.kind === 'in') return undefined;
  if (next.kind === 'wait') return LOG_IN[c.get('language')].wait(Math.ceil(next.ms / 60_000));
  await record(services, c, 'denied');
  return ACCOUNT[c.get('language')].wrongCode;
}

async function takes(services: Services, c: C, secret: Uint8Array, code: string): Promise<boolean> {
  const { entrance, now } = services;
  const user = userOf(services, c);
  if (!entrance.factors.isOf(secret, code, now())) return false;
  await record(services, c);
  return entrance.factors.setUp(user, secret, code, now());
}

function userOf({ access }: Services, c: C): User {
  const user = access.users.find(c.get('viewer').name);
  if (user === undefined) throw new HttpError('NOT_FOUND', 'there is no such user any more');
  return user;
}

async function record(services: Services, c: C, outcome?: 'denied'): Promise<void> {
  const { name } = c.get('viewer');
  const self = { type: 'operator', id: name };
  await consult(services, c.get('viewer'), {
    ...{ action: 'update', operation: 'viewer.factor', persons: [self], fields: ['factor'], outcome },
  });
}
