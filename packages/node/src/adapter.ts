/**
 * What the adapters share: definitions, contexts, holding a response back. For those who write an adapter.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CaptureCore, CaptureError, formatTraceparent } from '@zegel/capture';
import { Exchange } from './exchange.ts';
import { Gate } from './gate/gate.ts';
import type { AuditOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { noContext, problemAnswer } from './problem.ts';
import { isPromise, nobody, type RequestFacts, seedOf } from './seed.ts';

export { Exchange } from './exchange.ts';
export { AUDITED, checkedReason, type Mark, marked } from './mark.ts';
export type { AuditedOptions, AuditOptions, OutcomeOf } from './options.ts';
export { type LooseOptions, type Plan, planOf } from './plan.ts';
export { answerTo, mayStay, PROBLEM_TYPE, type ProblemAnswer, problemAnswer } from './problem.ts';
export type { RequestFacts } from './seed.ts';
export { withhold } from './withhold.ts';

/** The exchanges of one capture, by whatever object stands for a request. */
export class Exchanges<Key extends object> {
  readonly #capture: CaptureCore;
  /** Under which an exchange stands on its key: a WeakMap of short-lived keys costs every collection of garbage. */
  readonly #mark: symbol = Symbol('exchange');

  constructor(capture: CaptureCore) {
    this.#capture = capture;
  }

  /** Begins one for a request on which `audit` runs; a second time it is the same. */
  async begin<Input>(
    key: Key,
    options: AuditOptions<Input>,
    input: Input,
    facts: RequestFacts,
  ): Promise<Exchange> {
    const known = this.get(key);
    if (known !== undefined) return known;
    const seed = seedOf(options, input, facts);
    return this.#keep(key, new Exchange(this.#capture.begin(isPromise(seed) ? await seed : seed)));
  }

  /** That of a request, if `audit` has run. */
  get(key: Key): Exchange | undefined {
    return (key as Marked)[this.#mark];
  }

  /**
   * That of a request that comes to an audited route. Where `audit` has not run, an activity whose policy is
   * `available` goes on for an anonymous actor.
   *
   * @throws CaptureError `NO_CONTEXT` under `strict`
   */
  need<Input>(key: Key, plan: Plan<Input>, facts: RequestFacts): Exchange {
    const known = this.get(key);
    if (known !== undefined) return known;
    const missing = noContext(plan.checked.activity);
    if (plan.checked.policy === 'strict') throw missing;
    this.#capture.report({ kind: 'flagged', activity: plan.checked.activity, message: missing.message });
    return this.#keep(key, new Exchange(this.#capture.begin(nobody(facts))));
  }

  #keep(key: Key, exchange: Exchange): Exchange {
    (key as Marked)[this.#mark] = exchange;
    return exchange;
  }
}

/** What stands for a request, with its exchange on it. */
interface Marked {
  [mark: symbol]: Exchange;
}

/** Exchanges whose responses are of node:http. */
export class HttpExchanges {
  readonly #exchanges: Exchanges<IncomingMessage>;
  readonly #gates = new WeakMap<Exchange, Gate>();

  constructor(capture: CaptureCore) {
    this.#exchanges = new Exchanges(capture);
  }

  /** Begins one, and holds its response back from here on. */
  async begin<Input>(
    options: AuditOptions<Input>,
    input: Input,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<Exchange> {
    const exchange = await this.#exchanges.begin(req, options, input, factsOf(req));
    this.#hold(exchange, res);
    return exchange;
  }

  /**
   * Declares the access of the route that a request came to. To be awaited before its handler runs.
   *
   * @throws CaptureError when it must not run
   */
  async open<Input>(
    plan: Plan<Input>,
    input: Input,
    req: IncomingMessage,
    res: ServerResponse,
    pattern: string | undefined,
  ): Promise<Exchange> {
    const exchange = this.#exchanges.need(req, plan, factsOf(req));
    if (!this.#hold(exchange, res).holds) throw alreadySent(plan.checked.activity);
    await exchange.open(plan, input, req.method ?? 'GET', pattern);
    return exchange;
  }

  #hold(exchange: Exchange, res: ServerResponse): Gate {
    const known = this.#gates.get(exchange);
    if (known !== undefined) return known;
    if (!res.headersSent) res.setHeader('traceparent', formatTraceparent(exchange.context.trace));
    const gate = new Gate(res, {
      get waits() {
        return exchange.waits;
      },
      get isAudited() {
        return exchange.isAudited;
      },
      seal: (status) => exchange.seal(status === undefined ? 'error' : exchange.outcome(status)),
      answer: problemAnswer,
    });
    this.#gates.set(exchange, gate);
    return gate;
  }
}

/** What was sent before an audited route can't be held back any more. */
function alreadySent(activity: string): CaptureError {
  return new CaptureError('NO_CONTEXT', 'the response had begun before this audited route', { activity });
}

/** Sends a problem document in place of whatever would have come. */
export function sendProblem(
  res: ServerResponse,
  { status, body }: { readonly status: number; readonly body: string },
): void {
  res.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}

function factsOf(req: IncomingMessage): RequestFacts {
  const header = (name: string): string | undefined => {
    const value = req.headers[name];
    return typeof value === 'string' ? value : value?.join(',');
  };
  return { header, peer: req.socket.remoteAddress };
}
