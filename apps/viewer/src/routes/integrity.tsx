import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { may } from '../access/permissions.ts';
import type { Session } from '../access/sessions.ts';
import { headsOverTime } from '../checks/heads-over-time.ts';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { isFragment, respond } from '../http/respond.ts';
import { signedIn } from '../http/signed-in.ts';
import type { Services } from '../services.ts';
import { IntegrityLive, IntegrityPage } from '../views/integrity.tsx';
import type { IntegrityView } from '../views/integrity-view.ts';
import { integrityEvents } from './integrity-events.ts';

/** Checks of the history that are listed, and checkpoints that are drawn. */
const MOST_CHECKS = 50;
const MOST_HEADS = 48;

/** The integrity page: what the checks say, live, and a check of everything on demand. */
export function integrityRoutes(services: Services): Hono<Env> {
  const { integrity } = services;
  const app = new Hono<Env>();
  /** Sessions whose looking is in the log: what follows by itself on the open page is the same look. */
  const looking = new WeakSet<Session>();

  app.get('/integrity', signedIn(services, 'integrity'), async (c) => {
    const viewer = c.get('viewer');
    const live = isFragment(c);
    if (!live || !looking.has(viewer.session))
      await consult(services, viewer, { ...LOOK, action: 'read', operation: 'viewer.integrity' });
    looking.add(viewer.session);
    const view = await viewOf(services, c);
    return respond(c, live ? IntegrityLive({ c, view }) : IntegrityPage({ c, services, view }));
  });

  app.get('/integrity/events', signedIn(services, 'integrity'), (c) =>
    streamSSE(c, (stream) => integrityEvents(services, c, stream)),
  );

  app.post('/integrity/verify', signedIn(services, 'verify'), async (c) => {
    await consult(services, c.get('viewer'), { ...LOOK, action: 'execute', operation: 'viewer.verify' });
    void integrity.runFull(); // its outcome is the page's
    return c.redirect('/integrity', 303);
  });

  app.post('/integrity/stop', signedIn(services, 'verify'), async (c) => {
    await consult(services, c.get('viewer'), { ...LOOK, action: 'execute', operation: 'viewer.verify-stop' });
    integrity.cancel();
    return c.redirect('/integrity', 303);
  });
  return app;
}

const LOOK = { persons: [], fields: [] } as const;

function viewOf({ integrity, logs }: Services, c: Context<Env>): Promise<IntegrityView> {
  return logs.use(async (log) => ({
    details: integrity.details,
    history: integrity.history(MOST_CHECKS),
    heads: await headsOverTime(log, MOST_HEADS),
    size: await log.size(),
    zone: log.register.timeZone,
    mayVerify: may(c.get('viewer').session.roles, 'verify'),
  }));
}
