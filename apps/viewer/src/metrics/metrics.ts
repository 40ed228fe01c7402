import type { MiddlewareHandler } from 'hono';

/** Sorts of requests that are counted apart; few, so that no caller can make figures without end. */
const ROUTE_CLASSES = ['collector', 'api', 'log', 'page', 'static', 'health', 'metrics'] as const;
/** One of those sorts. */
export type RouteClass = (typeof ROUTE_CLASSES)[number];

/** Upper bounds of the latency histogram, in seconds. */
export const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** How long requests of one class took: counts per bound (not cumulative), the last beyond all of them. */
export interface Latency {
  readonly counts: number[];
  sum: number;
}

/** The class of a request by its path. */
export function routeClass(path: string): RouteClass {
  if (path === '/healthz') return 'health';
  if (path === '/metrics') return 'metrics';
  if (path.startsWith('/v1/')) return path === '/v1/events' || path === '/v1/gaps' ? 'collector' : 'api';
  if (path.startsWith('/log/')) return 'log';
  return path.startsWith('/public/') ? 'static' : 'page';
}

/** What was answered since the start of this process. */
export class Metrics {
  /** Number of answers by `class method status`. */
  readonly answers: Map<string, number> = new Map();
  readonly latencies: Map<RouteClass, Latency> = new Map();

  /** Counts an answer. @param seconds until its headers were ready */
  observe(kind: RouteClass, method: string, status: number, seconds: number): void {
    const key = `${kind} ${METHODS.has(method) ? method : 'other'} ${status}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
    const latency = this.latencies.get(kind) ?? { counts: BOUNDS.map(() => 0).concat(0), sum: 0 };
    this.latencies.set(kind, latency);
    const place = BOUNDS.findIndex((bound) => seconds <= bound);
    const at = place < 0 ? BOUNDS.length : place;
    latency.counts[at] = (latency.counts[at] ?? 0) + 1;
    latency.sum += seconds;
  }
}

/** Counts and times every request. */
export function measured(metrics: Metrics): MiddlewareHandler {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const seconds = (performance.now() - begun) / 1000;
    metrics.observe(routeClass(c.req.path), c.req.method, c.res.status, seconds);
  };
}
