import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

const zip = promisify(gzip);

/** Bytes below which it is not worth the while. */
const LEAST = 1024;

/**
 * Compresses pages. What a page keeps secret can't be guessed by its length (BREACH): nothing on another site arrives here
 * signed in, since the cookie is `SameSite=Strict`.
 */
export const compressed: MiddlewareHandler = async (c, next) => {
  await next();
  const { status, headers } = c.res;
  if (!(headers.get('content-type') ?? '').startsWith('text/html') || headers.has('content-encoding')) return;
  headers.append('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '') || c.req.method === 'HEAD') return;
  const body = new Uint8Array(await c.res.arrayBuffer());
  const isSmall = body.length < LEAST;
  const sent = new Response(isSmall ? body : new Uint8Array(await zip(body)), { status, headers });
  if (!isSmall) sent.headers.set('content-encoding', 'gzip');
  sent.headers.delete('content-length');
  c.res = sent;
};
