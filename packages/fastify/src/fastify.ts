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
  PROBLEM_TYPE,
  planOf,
} from '@zegel/node/adapter';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { answerErrors } from './errors.ts';

/** Options of a route, to be given as they are or spread into others: `{ schema, ...audited(…) }`. */
export interface RouteHooks {
  readonly preHandler: preHandlerHookHandler;
}

/** A request as a route's declaration sees it: parameters are texts. */
export type RouteRequest = FastifyRequest<{
  Params: Record<string, string>;
  Querystring: Record<string, string>;
}>;

/** A {@link Capture} whose contexts come from Fastify's requests. */
export interface FastifyCapture<R extends RegisterDocument> extends Capture<R> {
  /**
   * Plugin for the whole app, to be registered before its routes: what follows `preHandler` runs in the context of the
   * request, and its response waits for its entries. Hooks that find out who the user is come earlier, or are
   * registered before.
   */
  readonly audit: (options: AuditOptions<RouteRequest>) => FastifyPluginCallback;
  /**
   * Options of one route.
   *
   * @throws CaptureError `DECLARATION_INVALID` when the route is defined, with every problem at once
   */
  readonly audited: <A extends ActivityOf<R>>(
    activity: A,
    options: AuditedOptions<R, A, RouteRequest>,
  ) => RouteHooks;
}

/**
 * Captures the accesses of a service on Fastify 5.
 *
 * @example
 * const { audit, audited, persons } = capture({ to: log, service: 'shop' });
 * app.register(audit({ actor: (request) => ({ kind: 'employee', id: request.user.id }) }));
 * app.get('/customers/:id', audited('dashboard', {
 *   action: 'read', subject: (request) => persons.customer(request.params.id), fields: ['name'],
 * }), show);
 */
export function capture<const R extends RegisterDocument>(options: CaptureOptions<R>): FastifyCapture<R> {
  const engine = createCapture(options);
  const exchanges = new HttpExchanges(engine);
  return Object.freeze({
    ...engine,
    audit: (how: AuditOptions<RouteRequest>): FastifyPluginCallback => {
      const plugin: FastifyPluginCallback = (app, _, done) => {
        app.addHook('preHandler', function audit(request, reply, next) {
          const begun = exchanges.begin(how, request as RouteRequest, request.raw, reply.raw);
          void enter(begun, next, next);
        });
        answerErrors(app);
        done();
      };
      // Hooks of a plugin otherwise hold for its own routes only.
      return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
    },
    audited: (activity: string, declared: LooseOptions<RouteRequest>): RouteHooks => {
      const plan = planOf(engine, activity, declared);
      const preHandler: preHandlerHookHandler = (request, reply, next) => {
        const { url } = request.routeOptions;
        const opened = exchanges.open(plan, request as RouteRequest, request.raw, reply.raw, url);
        void enter(opened, next, (error) => refuse(reply, error, next));
      };
      return { preHandler: marked(preHandler, { audited: activity }) };
    },
  });
}

/** Options of a route that do nothing but say that it touches no personal data, and why. */
export function unaudited(reason: string): RouteHooks {
  const passing: preHandlerHookHandler = (_request, _reply, next) => next();
  return { preHandler: marked(passing, { unaudited: checkedReason(reason) }) };
}

/** Goes on in the context: Fastify would leave it after a hook that is async itself. */
async function enter(
  exchange: Promise<Exchange>,
  next: () => void,
  failed: (error: Error) => void,
): Promise<void> {
  let begun: Exchange;
  try {
    begun = await exchange;
  } catch (error) {
    return failed(error instanceof Error ? error : new Error(String(error)));
  }
  begun.context.run(() => next());
}

function refuse(reply: FastifyReply, error: Error, next: (error: Error) => void): void {
  const answer = answerTo(error);
  if (answer === undefined || reply.sent) return next(error);
  void reply.code(answer.status).type(PROBLEM_TYPE).send(answer.body);
}
