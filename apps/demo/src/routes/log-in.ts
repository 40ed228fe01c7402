import { unaudited } from '@zegel/hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { textsOf } from '../body.ts';
import { accountOf, employeeOf } from '../data/accounts.ts';
import { type App, type Kit, problem } from '../kit.ts';
import { tokenHash } from '../people/log-ins.ts';
import { COOKIE, type User } from '../sessions.ts';

const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
const WRONG = 'User name and token do not go together.';

/** Log-in by user name and log-in token, as the policy promises. */
export function logInRoutes(app: App, { db, sessions, capture }: Kit): void {
  const { persons, access } = capture;

  app.post(
    '/staff/log-in',
    unaudited('compares the token of an employee and reads no customer'),
    async (c) => {
      const given = await textsOf(c, ['username', 'token']);
      const found = given?.username === undefined ? undefined : await employeeOf(db, given.username);
      if (found === undefined || found.login_token_hash !== tokenHash(given?.token ?? ''))
        return problem(c, 401, WRONG);
      const user: User = { kind: 'employee', id: found.id, role: found.role };
      setCookie(c, COOKIE, sessions.begin(user), COOKIE_OPTIONS);
      return c.json(user);
    },
  );

  app.post(
    '/log-in',
    capture.audited('account', {
      action: 'read',
      subjects: 'discovered',
      fields: ['username', 'login-token'],
    }),
    async (c) => {
      const given = await textsOf(c, ['username', 'token']);
      const found = given?.username === undefined ? undefined : await accountOf(db, given.username);
      access.saw(found === undefined ? [] : [persons.customer(found.customer_id)]);
      if (found === undefined || found.login_token_hash !== tokenHash(given?.token ?? ''))
        return problem(c, 401, WRONG);
      const user: User = { kind: 'customer', id: found.customer_id };
      setCookie(c, COOKIE, sessions.begin(user), COOKIE_OPTIONS);
      return c.json(user);
    },
  );

  app.post('/log-out', unaudited('ends a session'), (c) => {
    sessions.end(getCookie(c, COOKIE));
    deleteCookie(c, COOKIE, COOKIE_OPTIONS);
    return c.body(null, 204);
  });
}
