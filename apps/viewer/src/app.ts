import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env } from './env.ts';
import { bearer } from './http/bearer.ts';
import { compressed } from './http/compressed.ts';
import { csrf } from './http/csrf.ts';
import { HttpError } from './http/http-error.ts';
import { preferences } from './http/preferences.ts';
import { httpError, problemResponse } from './http/problem.ts';
import { respond } from './http/respond.ts';
import { recognise } from './http/signed-in.ts';
import { securityHeaders } from './http/security-headers.ts';
import { postEvents } from './routes/events.ts';
import { postGaps } from './routes/gaps.ts';
import { accountRoutes } from './routes/account.tsx';
import { adminTokenRoutes } from './routes/admin-tokens.tsx';
import { adminUserRoutes } from './routes/admin-users.tsx';
import { apiEntryRoutes } from './routes/api-entries.ts';
import { entryRoutes } from './routes/entries.ts';
import { logTileRoutes } from './routes/log-tiles.ts';
import { exportRoutes } from './routes/exports.tsx';
import { getHealth } from './routes/health.ts';
import { loginRoutes } from './routes/login.tsx';
import { completeRoutes } from './routes/complete.ts';
import { personRoutes } from './routes/persons.tsx';
import { integrityRoutes } from './routes/integrity.tsx';
import { preferenceRoutes } from './routes/preferences.ts';
import { searchRoutes } from './routes/search.tsx';
import { tailRoutes } from './routes/tail.tsx';
import { metricsRoutes } from './routes/metrics.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { measured, Metrics } from './metrics/metrics.ts';
import { revealRoutes } from './routes/reveal.tsx';
import { reviewRoutes } from './routes/reviews.tsx';
import type { Services } from './services.ts';
import { Failure } from './views/failure.tsx';

/** Bytes of a request's body. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Bytes of a form. */
const MOST_FORM = 256 * 1024;

/** The HTTP side of a log. Every refusal is a page to a browser, else a problem document (RFC 9457). */
export function createApp(services: Services): Hono<Env> {
  const { logs, tokens, assets, onProblem } = services;
  const app = new Hono<Env>();
  const metrics = new Metrics();
  app.use(measured(metrics), securityHeaders);
  app.get('/healthz', getHealth(logs));
  const limited = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge });
  app.post('/v1/events', bearer(tokens, 'events'), plainBody, limited, postEvents(logs));
  app.post('/v1/gaps', bearer(tokens, 'events'), plainBody, limited, postGaps(logs));
  app.all('/v1/events', wrongMethod('POST'));
  app.all('/v1/gaps', wrongMethod('POST'));
  app.all('/healthz', wrongMethod('GET'));
  app.route('/', assets.routes());
  app.use(compressed);
  app.use(bodyLimit({ maxSize: MOST_FORM, onError: tooLarge }), preferences, recognise(services), csrf);
  app.route('/', preferenceRoutes());
  app.route('/', loginRoutes(services));
  app.route('/', accountRoutes(services));
  app.route('/', adminUserRoutes(services));
  app.route('/', adminTokenRoutes(services));
  app
    .route('/', searchRoutes(services))
    .route('/', completeRoutes(services))
    .route('/', tailRoutes(services));
  app.route('/', entryRoutes(services));
  app.route('/', apiEntryRoutes(services));
  app.route('/', logTileRoutes(services));
  app.route('/', metricsRoutes(services, metrics));
  app.route('/', openApiRoutes());
  app.route('/', personRoutes(services));
  app.route('/', revealRoutes(services));
  app.route('/', reviewRoutes(services));
  app.route('/', exportRoutes(services));
  app.route('/', integrityRoutes(services));
  app.notFound((c) => refuse(services, c, new HttpError('NOT_FOUND', 'there is nothing here')));
  app.onError((error, c) => {
    const told = httpError(error);
    if (told.status >= 500) onProblem(`${told.code}: ${describe(told.more.cause ?? error)}`);
    return refuse(services, c, told);
  });
  return app;
}

/** A browser gets a page. */
async function refuse(services: Services, c: Context<Env>, error: HttpError): Promise<Response> {
  const isPage = (c.req.header('accept') ?? '').includes('text/html') && !/^\/(?:v1|log)\//.test(c.req.path);
  if (!isPage || c.get('language') === undefined) return problemResponse(error);
  for (const [name, value] of Object.entries(error.more.headers ?? {})) c.header(name, value);
  return respond(c, Failure({ c, services, error }), error.status as 400);
}

const plainBody: MiddlewareHandler = async (c, next) => {
  const coding = c.req.header('content-encoding') ?? 'identity';
  if (coding.toLowerCase() !== 'identity')
    throw new HttpError('CONTENT_TYPE', 'the body must not be compressed', {
      headers: { 'accept-encoding': 'identity' },
    });
  await next();
};

function tooLarge(): never {
  throw new HttpError('BODY_TOO_LARGE', `a body has at most ${MOST_BYTES} bytes; nothing was appended`);
}

function wrongMethod(allow: string): MiddlewareHandler {
  return () => {
    throw new HttpError('METHOD_WRONG', `only ${allow} is answered here`, { headers: { allow } });
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
