import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ActivityOf,
  type Capture,
  type CaptureOptions,
  createCapture,
  type RegisterDocument,
} from '@zegel/capture';
import { HttpExchanges, sendProblem } from './adapter.ts';
import { checkedReason, marked } from './mark.ts';
import type { AuditedOptions, AuditOptions } from './options.ts';
import { type LooseOptions, planOf } from './plan.ts';
import { answerTo } from './problem.ts';

/** A listener of `node:http`. */
export type HttpHandler = (req: IncomingMessage, res: ServerResponse) => unknown;

/** What a route without a router declares. */
export interface RouteOptions<R extends RegisterDocument, A extends ActivityOf<R>, Input>
  extends AuditedOptions<R, A, Input> {
  /** Pattern of the route, such as `/customers/:id`, for the name of the operation. Never a URL. */
  readonly route?: string;
}

/** A {@link Capture} whose contexts come from requests of `node:http`. */
export interface HttpCapture<R extends RegisterDocument> extends Capture<R> {
  /** Wraps a handler: whatever it does runs in the context of the request, and what it sends waits for its entries. */
  readonly audit: (options: AuditOptions<IncomingMessage>) => (handler: HttpHandler) => HttpHandler;
  /**
   * Wraps the handler of one route, below `audit`.
   *
   * @throws CaptureError `DECLARATION_INVALID` when the route is defined, with every problem at once
   */
  readonly audited: <A extends ActivityOf<R>>(
    activity: A,
    options: RouteOptions<R, A, IncomingMessage>,
  ) => (handler: HttpHandler) => HttpHandler;
}

/**
 * Captures the accesses of a service on `node:http`.
 *
 * @example
 * const { audit, audited, persons } = capture({ to: log, service: 'shop' });
 * const show = audited('dashboard', {
 *   action: 'read', route: '/me', subject: (req) => persons.customer(userOf(req)), fields: ['name'],
 * })((req, res) => res.end(nameOf(userOf(req))));
 * createServer(audit({ actor: (req) => ({ kind: 'customer', id: userOf(req) }) })(show));
 */
export function capture<const R extends RegisterDocument>(options: CaptureOptions<R>): HttpCapture<R> {
  const engine = createCapture(options);
  const exchanges = new HttpExchanges(engine);
  return Object.freeze({
    ...engine,
    audit: (how: AuditOptions<IncomingMessage>) => (handler: HttpHandler) =>
      answering(async (req, res) => {
        const { context } = await exchanges.begin(how, req, req, res);
        await context.run(() => handler(req, res));
      }),
    audited: (activity: string, declared: LooseOptions<IncomingMessage> & { readonly route?: string }) => {
      const { route, ...rest } = declared;
      const plan = planOf(engine, activity, rest);
      return (handler: HttpHandler) =>
        marked(
          answering(async (req, res) => {
            const { context } = await exchanges.open(plan, req, req, res, route);
            await context.run(() => handler(req, res));
          }),
          { audited: activity },
        );
    },
  });
}

/** Says of a handler that it touches no personal data, and why. */
export function unaudited(reason: string): <H extends HttpHandler>(handler: H) => H {
  checkedReason(reason);
  return (handler) => marked(handler, { unaudited: reason });
}

/** Answers capture's own errors. Any other stays with the caller, and what it answers is held back like all the rest. */
function answering(handler: HttpHandler): HttpHandler {
  return async (req, res) => {
    try {
      await handler(req, res);
    } catch (error) {
      const answer = answerTo(error);
      if (answer === undefined || res.headersSent) throw error;
      sendProblem(res, answer);
    }
  };
}
