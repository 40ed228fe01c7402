import {
  type ActivityOf,
  type Capture,
  type CaptureOptions,
  createCapture,
  formatTraceparent,
  type RegisterDocument,
} from '@zegel/capture';
import {
  type AuditedOptions,
  type AuditOptions,
  answerTo,
  checkedReason,
  type Exchange,
  Exchanges,
  type LooseOptions,
  marked,
  planOf,
  problemAnswer,
  withhold,
} from '@zegel/node/adapter';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { factsOf, setOutgoing } from './facts.ts';
import { addHeader, problem, replace } from './replace.ts';

/** A context as a route's declaration sees it: the parameters of its path are there. */
export type RouteContext = { readonly req: { param(name: string): string } } & Context;

/** A {@link Capture} whose contexts come from Hono's requests. */
export interface HonoCapture<R extends RegisterDocument> extends Capture<R> {
  /** Middleware for the whole app: what follows runs in the context of the request, and its response waits for its entries. */
  readonly audit: (options: AuditOptions<Context>) => MiddlewareHandler;
  /**
   * Middleware of one route.
   *
   * @throws CaptureError `DECLARATION_INVALID` when the route is defined, with every problem at once
   */
  readonly audited: <A extends ActivityOf<R>>(
    activity: A,
    options: AuditedOptions<R, A, RouteContext>,
  ) => MiddlewareHandler;
}

/**
 * Captures the accesses of a service on Hono.
 *
 * @example
 * const { audit, audited, persons } = capture({ to: log, service: 'shop' });
 * app.use(audit({ actor: (c) => ({ kind: 'employee', id: c.get('user').id }) }));
 * app.get('/customers/:id', audited('dashboard', {
 *   action: 'read', subject: (c) => persons.customer(c.req.param('id')), fields: ['name'],
 * }), show);
 */
export function capture<const R extends RegisterDocument>(options: CaptureOptions<R>): HonoCapture<R> {
  const engine = createCapture(options);
  const exchanges = new Exchanges<Context>(engine);
  return Object.freeze({
    ...engine,
    audit: (how: AuditOptions<Context>): MiddlewareHandler =>
      async function audit(c, next) {
        const exchange = await exchanges.begin<Context>(c, how, c, factsOf(c));
        await held(exchange, c, next);
      },
    audited: (activity: string, declared: LooseOptions<RouteContext>): MiddlewareHandler => {
      const plan = planOf(engine, activity, declared);
      const audited: MiddlewareHandler = async (c, next) => {
        const isBegun = exchanges.get(c) !== undefined;
        try {
          const exchange = exchanges.need(c, plan, factsOf(c));
          await exchange.open(plan, c as RouteContext, c.req.method, routePath(c));
          if (!isBegun) return await held(exchange, c, next);
        } catch (error) {
          const answer = answerTo(error);
          if (answer === undefined) throw error;
          return problem(answer);
        }
        return next();
      };
      return marked(audited, { audited: activity });
    },
  });
}

/** Middleware that does nothing but say that a route touches no personal data, and why. */
export function unaudited(reason: string): MiddlewareHandler {
  const passing: MiddlewareHandler = (_, next) => next();
  return marked(passing, { unaudited: checkedReason(reason) });
}

async function held(exchange: Exchange, c: Context, next: () => Promise<void>): Promise<void> {
  const trace = formatTraceparent(exchange.context.trace);
  const isSet = setOutgoing(c, 'traceparent', trace);
  await exchange.context.run(next).catch(async (thrown: unknown) => {
    // What is no Error goes past Hono's error handlers; the server then answers without a word of ours.
    await exchange.seal('error');
    throw thrown;
  });
  const answer = answerTo(c.error);
  if (answer !== undefined) replace(c, problem(answer));
  const outcome = exchange.outcome(c.res.status);
  try {
    const response = await withhold(exchange, c.res, outcome, () => c.req.raw.signal);
    if (response !== c.res) replace(c, response);
  } catch (error) {
    replace(c, problem(problemAnswer(error)));
  }
  if (!isSet) addHeader(c, 'traceparent', trace);
}
