import { type Context, Hono } from 'hono';
import { AccessError } from '../access/access-error.ts';
import type { Session } from '../access/sessions.ts';
import { checkRoles, type User } from '../access/user.ts';
import { checkDays } from '../access/users.ts';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { type Form, readAll, readForm } from '../http/form.ts';
import { HttpError } from '../http/http-error.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { zoneOf } from '../http/zone.ts';
import type { Services } from '../services.ts';
import { ADMIN } from '../texts/admin.ts';
import { UserPage } from '../views/admin-user.tsx';
import { UsersPage } from '../views/admin-users.tsx';
import type { Shown } from '../views/admin.tsx';

type C = Context<Env>;

/** A change of a user: looks at what was sent, and gives what is to be done once it is recorded. */
type Prepare = (
  services: Services,
  c: C,
  user: User,
  form: Form,
) => Promise<() => Promise<Shown | void> | void>;

const CHANGES: Readonly<Record<string, Prepare>> = {
  roles: async ({ access }, c, { name }) => {
    const roles = checkRoles(await readAll(c, 'role'));
    return () => access.users.setRoles(name, roles);
  },
  exempt: async ({ access }, _, { name }, form) => {
    const exempt = form('exempt') === 'yes';
    return () => access.users.setExempt(name, exempt);
  },
  token: async ({ access }, _, { name }, form) => {
    const days = daysOf(form);
    return async () => {
      const { text } = await access.users.newLogin(name, days);
      access.attempts.forgive(name);
      return { name, text };
    };
  },
  reset:
    async ({ access }, _, { name }) =>
    () =>
      access.users.resetFactor(name),
  revoke:
    async ({ access }, _, { name }) =>
    () =>
      access.users.revoke(name),
};

/** `/admin`, `/admin/users/…`: who may log in, as what. Each change is an entry before it is made. */
export function adminUserRoutes(services: Services): Hono<Env> {
  const { users } = services.access;
  /** Secrets that the next page of a session shows, once. */
  const toShow = new WeakMap<Session, Shown>();
  const app = new Hono<Env>();
  const guard = signedIn(services, 'users');
  const taken = (c: C): Shown | undefined => {
    const { session } = c.get('viewer');
    const shown = toShow.get(session);
    toShow.delete(session);
    return shown;
  };
  app.get('/admin', guard, async (c) => list(services, c, taken(c)));
  app.post('/admin/users', guard, async (c) => {
    const form = await readForm(c);
    const [name, roles, exempt] = [form('name').trim(), await readAll(c, 'role'), form('exempt') === 'yes'];
    try {
      const days = daysOf(form);
      users.checkNew(name, roles);
      await record(services, c, name, 'create', ['name', 'roles']);
      toShow.set(c.get('viewer').session, {
        name,
        text: (await users.add(name, roles, { exempt, days })).text,
      });
    } catch (error) {
      return list(services, c, undefined, wordsOf(c, error));
    }
    return c.redirect('/admin', 303);
  });
  app.get('/admin/users/:name', guard, async (c) => {
    const user = userOf(services, c);
    return respond(c, UserPage({ c, services, zone: await zoneOf(services), user, shown: taken(c) }));
  });
  app.post('/admin/users/:name/:change', guard, async (c) => {
    const user = userOf(services, c);
    const change = c.req.param('change');
    const prepare = Object.hasOwn(CHANGES, change) ? CHANGES[change] : undefined;
    if (prepare === undefined) throw new HttpError('NOT_FOUND', 'there is nothing here');
    if (user.name === c.get('viewer').name)
      throw new HttpError('OWN_USER', 'your own roles and access are changed by somebody else');
    try {
      const act = await prepare(services, c, user, await readForm(c));
      await record(services, c, user.name, 'update', [change]);
      const shown = await act();
      if (shown) toShow.set(c.get('viewer').session, shown);
    } catch (error) {
      const problem = wordsOf(c, error);
      return respond(c, UserPage({ c, services, zone: await zoneOf(services), user, problem }), 422);
    }
    return c.redirect(`/admin/users/${encodeURIComponent(user.name)}`, 303);
  });
  return app;
}

async function list(services: Services, c: C, shown?: Shown, problem?: string): Promise<Response> {
  const zone = await zoneOf(services);
  return respond(c, UsersPage({ c, services, zone, shown, problem }), problem === undefined ? 200 : 422);
}

function userOf({ access }: Services, c: C): User {
  const user = access.users.find(c.req.param('name') ?? '');
  if (user === undefined) throw new HttpError('NOT_FOUND', 'there is no such user');
  return user;
}

/** @throws AccessError `LOGIN_DAYS` */
function daysOf(form: Form): number {
  return checkDays(/^\d{1,3}$/.test(form('days')) ? Number(form('days')) : Number.NaN);
}

/** A refusal in words; anything else is thrown on. */
function wordsOf(c: C, error: unknown): string {
  if (error instanceof AccessError) return ADMIN[c.get('language')].problems[error.code];
  throw error;
}

async function record(
  services: Services,
  c: C,
  name: string,
  action: 'create' | 'update',
  fields: readonly string[],
): Promise<void> {
  const persons = [{ type: 'operator', id: name }];
  await consult(services, c.get('viewer'), { action, operation: 'viewer.users', persons, fields });
}
