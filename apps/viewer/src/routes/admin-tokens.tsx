import { type Context, Hono } from 'hono';
import { AccessError } from '../access/access-error.ts';
import { checkSource } from '../access/access-file.ts';
import type { Session } from '../access/sessions.ts';
import { SCOPES } from '../access/token.ts';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { readAll, readForm } from '../http/form.ts';
import { HttpError } from '../http/http-error.ts';
import { respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import { zoneOf } from '../http/zone.ts';
import type { Services } from '../services.ts';
import { ADMIN } from '../texts/admin.ts';
import { TokensPage } from '../views/admin-tokens.tsx';
import type { Shown } from '../views/admin.tsx';

type C = Context<Env>;

/** `/admin/tokens`: by what services send events. Each change is an entry before it is made. */
export function adminTokenRoutes(services: Services): Hono<Env> {
  const { access } = services;
  /** Secrets that the next page of a session shows, once. */
  const toShow = new WeakMap<Session, Shown>();
  const app = new Hono<Env>();
  const guard = signedIn(services, 'tokens');
  app.get('/admin/tokens', guard, async (c) => {
    const { session } = c.get('viewer');
    const shown = toShow.get(session);
    toShow.delete(session);
    return respond(c, TokensPage({ c, services, zone: await zoneOf(services), shown }));
  });
  app.post('/admin/tokens', guard, async (c) => {
    const source = (await readForm(c))('source').trim();
    const asked = await readAll(c, 'scope');
    try {
      checkSource(source);
      await record(services, c, 'create');
      const { text } = await access.newToken(
        source,
        SCOPES.filter((scope) => asked.includes(scope)),
      );
      toShow.set(c.get('viewer').session, { name: source, text });
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      const problem = ADMIN[c.get('language')].problems[error.code];
      return respond(c, TokensPage({ c, services, zone: await zoneOf(services), problem }), 422);
    }
    return c.redirect('/admin/tokens', 303);
  });
  app.post('/admin/tokens/:id/revoke', guard, async (c) => {
    const id = c.req.param('id');
    if (access.find(id) === undefined) throw new HttpError('NOT_FOUND', 'there is no such token');
    await record(services, c, 'update');
    access.revoke(id);
    return c.redirect('/admin/tokens', 303);
  });
  return app;
}

async function record(services: Services, c: C, action: 'create' | 'update'): Promise<void> {
  await consult(services, c.get('viewer'), {
    action,
    operation: 'viewer.tokens',
    persons: [],
    fields: ['token'],
  });
}
