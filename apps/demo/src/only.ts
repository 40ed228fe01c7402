import type { MiddlewareHandler } from 'hono';
import { type Env, problem } from './kit.ts';
import type { Role } from './people/staff.ts';

/** Lets through employees of these roles; what is refused is refused inside the audited route, and so becomes an entry. */
export function only(...roles: readonly Role[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const user = c.get('user');
    if (user === undefined) return problem(c, 401, 'Log in first.');
    if (user.kind !== 'employee' || !roles.includes(user.role))
      return problem(c, 403, 'This is not for you.');
    return next();
  };
}

/** Lets through customers, who see nothing but their own. */
export const onlyCustomers: MiddlewareHandler<Env> = async (c, next) => {
  const user = c.get('user');
  if (user === undefined) return problem(c, 401, 'Log in first.');
  return user.kind === 'customer' ? next() : problem(c, 403, 'This is for customers.');
};
