import { type ActivityOf, operationOf } from '@zegel/capture';
import type { AuditedOptions } from '@zegel/hono';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { type Env, type Kit, problem, userOf } from './kit.ts';
import type { Role } from './people/staff.ts';
import type { Register } from './register-types.ts';
import type { User } from './sessions.ts';

/** Whom a route is for: employees of some roles, or customers, who see nothing but their own. */
type Admitted = readonly Role[] | 'customers';

/** Middleware of one route: who may use it, and what it does to whose data. A refusal is an entry, made before anything begins. */
export type Guard = <A extends ActivityOf<Register>>(
  admitted: Admitted,
  activity: A,
  options: AuditedOptions<Register, A, Context>,
) => MiddlewareHandler<Env>;

/** Makes the guard of a service's routes. */
export function guardOf({ capture }: Pick<Kit, 'capture'>): Guard {
  return (admitted, activity, options) => {
    const audited = capture.audited(activity, options);
    const { subject, subjects, outcome: _, ...declaration } = options;
    const known = typeof subjects === 'function' ? subjects : (subject ?? (() => []));
    const guard: MiddlewareHandler<Env> = async (c, next) => {
      const refused = refusal(admitted, userOf(c));
      if (refused === undefined) return audited(c, next);
      const operation = operationOf(c.req.method, routePath(c));
      await capture.access.denied(activity, { operation, ...declaration, subject: known(c) });
      return problem(c, ...refused);
    };
    return Object.defineProperties(guard, Object.getOwnPropertyDescriptors(markOf(audited)));
  };
}

const AUDITED = Symbol.for('zegel.audited');

/** What says of a middleware that its route is audited; the guard says it in its place. */
function markOf(audited: object): object {
  return { [AUDITED]: Reflect.get(audited, AUDITED) as unknown };
}

function refusal(admitted: Admitted, user: User | undefined): [401 | 403, string] | undefined {
  if (user === undefined) return [401, 'Log in first.'];
  const isAdmitted =
    admitted === 'customers'
      ? user.kind === 'customer'
      : user.kind === 'employee' && admitted.includes(user.role);
  return isAdmitted ? undefined : [403, 'This is not for you.'];
}
