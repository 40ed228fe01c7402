/**
 * No personal data out of a plain `(Request) => Response` handler without an entry.
 *
 * @module
 */
import {
  type ActivityOf,
  type Capture,
  type CaptureOptions,
  createCapture,
  formatTraceparent,
  type RegisterDocument,
} from '@zegel/capture';
import { Exchanges } from './adapter.ts';
import type { Exchange } from './exchange.ts';
import type { RouteOptions } from './http.ts';
import { checkedReason, marked } from './mark.ts';
import type { AuditOptions } from './options.ts';
import { type LooseOptions, planOf } from './plan.ts';
import { answerTo, mayStay, PROBLEM_TYPE, type ProblemAnswer, problemAnswer } from './problem.ts';
import type { RequestFacts } from './seed.ts';
import { withhold } from './withhold.ts';

/** A handler of fetch's kind, with whatever else its server hands it. */
export type FetchHandler = (request: Request, ...rest: readonly unknown[]) => Response | Promise<Response>;

/** A {@link Capture} whose contexts come from fetch requests. */
export interface FetchCapture<R extends RegisterDocument> extends Capture<R> {
  /**
   * Wraps a handler: whatever it does runs in the context of the request, and what it answers waits for its entries. A
   * `Request` knows no address: `actor` may give one as `ip`.
   */
  readonly audit: (options: AuditOptions<Request>) => (handler: FetchHandler) => FetchHandler;
  /**
   * Wraps the handler of one route, below `audit`.
   *
   * @throws CaptureError `DECLARATION_INVALID` when the route is defined, with every problem at once
   */
  readonly audited: <A extends ActivityOf<R>>(
    activity: A,
    options: RouteOptions<R, A, Request>,
  ) => (handler: FetchHandler) => FetchHandler;
}

/** Captures the accesses of a service that answers fetch requests. */
export function capture<const R extends RegisterDocument>(options: CaptureOptions<R>): FetchCapture<R> {
  const engine = createCapture(options);
  const exchanges = new Exchanges<Request>(engine);
  return Object.freeze({
    ...engine,
    audit: (how: AuditOptions<Request>) => (handler: FetchHandler) =>
      answering(async (request, ...rest) => {
        const exchange = await exchanges.begin(request, how, request, factsOf(request));
        return held(exchange, request, () => handler(request, ...rest));
      }),
    audited: (activity: string, declared: LooseOptions<Request> & { readonly route?: string }) => {
      const { route, ...others } = declared;
      const plan = planOf(engine, activity, others);
      return (handler: FetchHandler) => {
        const guarded: FetchHandler = async (request, ...rest) => {
          const isBegun = exchanges.get(request) !== undefined;
          const exchange = exchanges.need(request, plan, factsOf(request));
          await exchange.open(plan, request, request.method, route);
          const run = (): Response | Promise<Response> => handler(request, ...rest);
          return isBegun ? run() : held(exchange, request, run);
        };
        return marked(answering(guarded), { audited: activity });
      };
    },
  });
}

/** Says of a handler that it touches no personal data, and why. */
export function unaudited(reason: string): <H extends FetchHandler>(handler: H) => H {
  checkedReason(reason);
  return (handler) => marked(handler, { unaudited: reason });
}

async function held(
  exchange: Exchange,
  request: Request,
  run: () => Response | Promise<Response>,
): Promise<Response> {
  const { context } = exchange;
  const response = await context
    .run(async () => run())
    .catch(async (error: unknown) => {
      await exchange.seal('error');
      throw error;
    });
  const outcome = exchange.outcome(response.status);
  try {
    return traced(await withhold(exchange, response, outcome, () => request.signal), exchange);
  } catch (error) {
    const kept = [...response.headers].filter(([name]) => mayStay(name));
    return traced(problem(problemAnswer(error), kept), exchange);
  }
}

/** Answers capture's own errors; any other stays with the caller. */
function answering(handler: FetchHandler): FetchHandler {
  return async (request, ...rest) => {
    try {
      return await handler(request, ...rest);
    } catch (error) {
      const answer = answerTo(error);
      if (answer === undefined) throw error;
      return problem(answer, []);
    }
  };
}

function problem({ status, body }: ProblemAnswer, headers: readonly (readonly [string, string])[]): Response {
  return new Response(body, {
    status,
    headers: [...headers, ['content-type', PROBLEM_TYPE]] as [string, string][],
  });
}

function traced(response: Response, { context }: Exchange): Response {
  const headers = new Headers(response.headers);
  headers.set('traceparent', formatTraceparent(context.trace));
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

function factsOf(request: Request): RequestFacts {
  return { header: (name) => request.headers.get(name) ?? undefined, peer: undefined };
}
