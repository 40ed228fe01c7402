import type { Context, MiddlewareHandler } from 'hono';
import { sameSecret } from '@zegel/core';
import type { Env, Viewer } from '../env.ts';
import { HttpError } from './http-error.ts';

/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that a page of ours did not send: what comes with a session must carry its token, in the field `csrf`
 * or the header `x-csrf-token`; and nothing comes from another origin (Fetch Metadata).
 *
 * @throws HttpError `CSRF`
 */
export const csrf: MiddlewareHandler<Env> = async (c, next) => {
  if (SAFE.has(c.req.method)) return next();
  const site = c.req.header('sec-fetch-site') ?? 'same-origin';
  const session = (c.get('viewer') as Viewer | undefined)?.session;
  if (site !== 'same-origin' && site !== 'none') throw wrong();
  if (session !== undefined && !sameSecret(Buffer.from(await given(c)), Buffer.from(session.csrf)))
    throw wrong();
  return next();
};

async function given(c: Context): Promise<string> {
  const header = c.req.header('x-csrf-token');
  if (header !== undefined) return header;
  const field = (await c.req.parseBody())['csrf'];
  return typeof field === 'string' ? field : '';
}

function wrong(): HttpError {
  return new HttpError('CSRF', 'this did not come from a page of this viewer; load the page again');
}
