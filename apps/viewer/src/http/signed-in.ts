import type { Context, MiddlewareHandler } from 'hono';
import { may, type Permission } from '../access/permissions.ts';
import { consult } from '../consult/consult.ts';
import type { Env, Viewer } from '../env.ts';
import type { Services } from '../services.ts';
import { HttpError } from './http-error.ts';

/** Recognises who is signed in, also on pages that ask for nothing. */
export function recognise({
  sessions,
  cookie,
}: Pick<Services, 'sessions' | 'cookie'>): MiddlewareHandler<Env> {
  return (c, next) => {
    const session = sessions.find(cookie.get(c));
    if (session !== undefined) c.set('viewer', { name: session.user, session });
    return next();
  };
}

/** What a route asks for, for those who list routes. */
export const NEEDS: unique symbol = Symbol('permission');

/** Middleware that says which permission it asks for. */
export type Guard = MiddlewareHandler<Env> & { readonly [NEEDS]: Permission };

/**
 * Lets those through who are signed in and may. Without a session a page leads to the log-in; somebody who may not is
 * refused, which is an entry of its own.
 *
 * @throws HttpError `SIGN_IN`, `PERMISSION_MISSING`
 */
export function signedIn(services: Services, permission: Permission): Guard {
  const guard: MiddlewareHandler<Env> = async (c, next) => {
    const viewer = c.get('viewer') as Viewer | undefined;
    if (viewer === undefined) return signIn(services, c);
    if (!may(viewer.session.roles, permission)) {
      await consult(services, viewer, {
        ...{
          action: 'execute',
          operation: 'viewer.denied',
          persons: [],
          outcome: 'denied',
          fields: [permission],
        },
      });
      throw new HttpError('PERMISSION_MISSING', `this asks for the permission ${permission}`);
    }
    return next();
  };
  return Object.assign(guard, { [NEEDS]: permission });
}

function signIn({ entrance }: Services, c: Context): Response {
  const isOfPage = !c.req.path.startsWith('/v1/') && c.req.header('hx-request') === undefined;
  if (!isOfPage || c.req.method !== 'GET') {
    if (isOfPage) entrance.next.keepSource(c);
    throw new HttpError('SIGN_IN', 'nobody is signed in, or not any more');
  }
  entrance.next.keep(c);
  return c.redirect('/login', 303);
}
