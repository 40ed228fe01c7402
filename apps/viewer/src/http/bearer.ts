import type { MiddlewareHandler } from 'hono';
import type { Scope } from '../access/token.ts';
import type { TokenCheck } from '../access/token-check.ts';
import type { Env } from '../env.ts';
import { HttpError } from './http-error.ts';

/** Header by which a client says whose events it sends; a token of another source is then refused. */
const SOURCE_HEADER = 'zegel-source';

/**
 * Lets requests through whose bearer token (RFC 6750) has the scope.
 *
 * @throws HttpError `TOKEN_MISSING`, `TOKEN_WRONG`, `SCOPE_MISSING`, `SOURCE_DIFFERS`
 */
export function bearer(tokens: TokenCheck, scope: Scope): MiddlewareHandler<Env> {
  return async (c, next) => {
    const [, text] = /^Bearer +([^\s]+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (text === undefined)
      throw new HttpError('TOKEN_MISSING', 'a service token is wanted: Authorization: Bearer zegel_…', {
        headers: { 'www-authenticate': 'Bearer realm="zegel"' },
      });
    const token = await tokens.check(text);
    if (token === undefined)
      throw new HttpError('TOKEN_WRONG', 'this token is unknown, revoked or not whole', {
        headers: { 'www-authenticate': 'Bearer realm="zegel", error="invalid_token"' },
      });
    if (!token.scopes.includes(scope))
      throw new HttpError('SCOPE_MISSING', `this token lacks the scope ${scope}`, {
        headers: { 'www-authenticate': `Bearer realm="zegel", error="insufficient_scope", scope="${scope}"` },
      });
    const source = c.req.header(SOURCE_HEADER);
    if (source !== undefined && source !== token.source)
      throw new HttpError('SOURCE_DIFFERS', `this token is for the source ${token.source}, not another`);
    c.set('token', token);
    await next();
  };
}
