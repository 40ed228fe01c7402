import { Hono } from 'hono';
import type { Env, Viewer } from '../env.ts';
import { bearer } from '../http/bearer.ts';
import { type Guard, NEEDS, signedIn } from '../http/signed-in.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { metricsText } from '../metrics/metrics-text.ts';
import type { Services } from '../services.ts';

/** `GET /metrics`: figures of the service for Prometheus; to a token with the scope, or to somebody who may. No persons in it. */
export function metricsRoutes(services: Services, metrics: Metrics): Hono<Env> {
  const { logs, searching, sessions, checks } = services;
  const size = (): Promise<number> => logs.use((log) => log.size());
  const begun = size().catch(() => undefined); // a log that can't be read now is counted from the first time it can
  const started = Date.now() / 1000 - process.uptime();
  let first: number | undefined;
  const app = new Hono<Env>();
  app.get('/metrics', guardOf(services), async (c) => {
    const entries = await size();
    first ??= (await begun) ?? entries;
    const { covered } = searching;
    const text = metricsText(metrics, {
      ...{ entries, appended: entries - first, sessions: sessions.size, check: checks.state, started },
      lag: covered === undefined ? undefined : Math.max(0, entries - covered),
      resident: process.memoryUsage.rss(),
    });
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  return app;
}

function guardOf(services: Services): Guard {
  const [session, token] = [signedIn(services, 'metrics'), bearer(services.tokens, 'metrics')];
  // Who is not signed in is a scraper, which wants to hear what it lacks (401) instead of being led to a log-in.
  const guard: typeof token = (c, next) =>
    c.req.header('authorization') !== undefined || (c.get('viewer') as Viewer | undefined) === undefined
      ? token(c, next)
      : session(c, next);
  return Object.assign(guard, { [NEEDS]: session[NEEDS] });
}
