import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { TokenCheck } from './access/token-check.ts';
import type { Env } from './env.ts';
import { bearer } from './http/bearer.ts';
import { HttpError } from './http/http-error.ts';
import { httpError, problemResponse } from './http/problem.ts';
import type { LogKeeper } from './logs/log-keeper.ts';
import { postEvents } from './routes/events.ts';
import { postGaps } from './routes/gaps.ts';
import { getHealth } from './routes/health.ts';

/** Bytes of a request's body. */
const MOST_BYTES = 10 * 1024 * 1024;

/** What the app works with. */
export interface AppParts {
  readonly logs: LogKeeper;
  readonly tokens: TokenCheck;
  /** Is told of what the operator should know, one line each. No persons in it. */
  readonly onProblem: (text: string) => void;
}

/** The HTTP side of a log. Every refusal is a problem document (RFC 9457). */
export function createApp({ logs, tokens, onProblem }: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
  });
  app.get('/healthz', getHealth(logs));
  const limited = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge });
  app.post('/v1/events', bearer(tokens, 'events'), plainBody, limited, postEvents(logs));
  app.post('/v1/gaps', bearer(tokens, 'events'), plainBody, limited, postGaps(logs));
  app.all('/v1/events', wrongMethod('POST'));
  app.all('/v1/gaps', wrongMethod('POST'));
  app.all('/healthz', wrongMethod('GET'));
  app.notFound(() => problemResponse(new HttpError('NOT_FOUND', 'there is nothing here')));
  app.onError((error) => {
    const told = httpError(error);
    if (told.status >= 500) onProblem(`${told.code}: ${describe(told.more.cause ?? error)}`);
    return problemResponse(told);
  });
  return app;
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
