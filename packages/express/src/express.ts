import type { ServerResponse } from 'node:http';
import {
  type ActivityOf,
  type Capture,
  type CaptureOptions,
  createCapture,
  type RegisterDocument,
} from '@zegel/capture';
import {
  type AuditedOptions,
  type AuditOptions,
  answerTo,
  checkedReason,
  type Exchange,
  HttpExchanges,
  type LooseOptions,
  marked,
  planOf,
  sendProblem,
} from '@zegel/node/adapter';
import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';

/** A request as a route's declaration sees it: parameters are texts. */
export type RouteRequest = Request<Record<string, string>>;

/** Middleware that leaves it to the route's path what its handlers know of parameters. */
export type Middleware = <P, B, I, Q, L extends Record<string, unknown>>(
  req: Request<P, B, I, Q, L>,
  res: Response<B, L>,
  next: NextFunction,
) => void | Promise<void>;

/** A {@link Capture} whose contexts come from Express' requests. */
export interface ExpressCapture<R extends RegisterDocument> extends Capture<R> {
  /** Middleware for the whole app: what follows runs in the context of the request, and its response waits for its entries. */
  readonly audit: (options: AuditOptions<RouteRequest>) => Middleware;
  /**
   * Middleware of one route. The operation is named by the route's own path, without that of the router around it, which
   * Express tells only as it stood in the URL.
   *
   * @throws CaptureError `DECLARATION_INVALID` when the route is defined, with every problem at once
   */
  readonly audited: <A extends ActivityOf<R>>(
    activity: A,
    options: AuditedOptions<R, A, RouteRequest>,
  ) => Middleware;
}

/**
 * Captures the accesses of a service on Express 5.
 *
 * @example
 * const { audit, audited, persons } = capture({ to: log, service: 'shop' });
 * app.use(audit({ actor: (req) => ({ kind: 'employee', id: req.user.id }) }));
 * app.get('/customers/:id', audited('dashboard', {
 *   action: 'read', subject: (req) => persons.customer(req.params.id), fields: ['name'],
 * }), show);
 * app.use(problems());
 */
export function capture<const R extends RegisterDocument>(options: CaptureOptions<R>): ExpressCapture<R> {
  const engine = createCapture(options);
  const exchanges = new HttpExchanges(engine);
  return Object.freeze({
    ...engine,
    audit: (how: AuditOptions<RouteRequest>): Middleware =>
      async function audit(req, res, next) {
        const { context } = await exchanges.begin(how, routed(req), req, res);
        context.run(() => next());
      },
    audited: (activity: string, declared: LooseOptions<RouteRequest>): Middleware => {
      const plan = planOf(engine, activity, declared);
      const audited: Middleware = async (req, res, next) => {
        let exchange: Exchange;
        try {
          exchange = await exchanges.open(plan, routed(req), req, res, patternOf(req));
        } catch (error) {
          return refuse(res, error);
        }
        exchange.context.run(() => next());
      };
      return marked(audited, { audited: activity });
    },
  });
}

/** Middleware that does nothing but say that a route touches no personal data, and why. */
export function unaudited(reason: string): Middleware {
  const passing: Middleware = (_req, _res, next) => next();
  return marked(passing, { unaudited: checkedReason(reason) });
}

/**
 * Error handler that answers what `access` threw in a handler (503 where the log can't be written, 403 for a
 * `DeniedError`) and leaves every other error alone. To be used after the routes, before the app's own error handler.
 */
export function problems(): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const answer = res.headersSent ? undefined : answerTo(error);
    if (answer === undefined) next(error);
    else sendProblem(res, answer);
  };
}

function refuse(res: ServerResponse, error: unknown): void {
  const answer = res.headersSent ? undefined : answerTo(error);
  if (answer === undefined) throw error;
  sendProblem(res, answer);
}

/** Pattern of the route; none for a pattern that is no single text. */
function patternOf(req: { readonly route?: unknown }): string | undefined {
  const path: unknown = (req.route as { readonly path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : undefined;
}

function routed(req: object): RouteRequest {
  // Of every request Express knows the same; how its parameters are called is the route's business.
  return req as RouteRequest;
}
