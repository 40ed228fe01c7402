import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { may } from '../access/permissions.ts';
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
/** Open pages that follow the checks at once. */
const MOST_FOLLOWING = 100;

/** The integrity page: what the checks say, live, and a check of everything on demand. */
export function integrityRoutes(services: Services): Hono<Env> {
  const { integrity } = services;
  const app = new Hono<Env>();

  app.get('/integrity', signedIn(services, 'integrity'), async (c) => {
    await consult(services, c.get('viewer'), { ...LOOK, action: 'read', operation: 'viewer.integrity' });
    const view = await viewOf(services, c);
    return respond(c, isFragment(c) ? IntegrityLive({ c, view }) : IntegrityPage({ c, services, view }));
  });

  let following = 0;
  app.get('/integrity/events', signedIn(services, 'integrity'), (c) => {
    if (following >= MOST_FOLLOWING) return c.text('too many follow the checks already', 429);
    const render = async (): Promise<string> =>
      String(await IntegrityLive({ c, view: await viewOf(services, c) }));
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      following++;
      try {
        await integrityEvents(services, c, stream, render);
      } finally {
        following--;
      }
    });
  });

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
