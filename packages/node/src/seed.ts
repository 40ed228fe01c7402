import { type Actor, type ContextSeed, parseTraceparent } from '@zegel/capture';
import { clientAddress } from './client-address.ts';
import type { AuditOptions } from './options.ts';

/** What a request tells by itself. */
export interface RequestFacts {
  /** Value of a request header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** Address of the other end of the connection, where there is one. */
  readonly peer: string | undefined;
}

/** Longest user agent that is kept: a header of kilobytes is nobody's browser. */
const LONGEST_AGENT = 512;

/** Who does what for whom, from a request. At once, where nothing has to be waited for. */
export function seedOf<Input>(
  options: AuditOptions<Input>,
  input: Input,
  facts: RequestFacts,
): ContextSeed | Promise<ContextSeed> {
  const said = [
    options.actor(input),
    options.onBehalfOf?.(input),
    options.case?.(input),
    options.reason?.(input),
  ] as const;
  if (!said.some(isPromise)) return seed(options, facts, said as Said);
  return seedLater(options, facts, said);
}

/** Whether something has to be waited for. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

async function seedLater<Input>(
  options: AuditOptions<Input>,
  facts: RequestFacts,
  [actor, onBehalfOf, belongsTo, reason]: Asked,
): Promise<ContextSeed> {
  return seed(options, facts, [await actor, await onBehalfOf, await belongsTo, await reason]);
}

type Asked = readonly [
  actor: Said[0] | Promise<Said[0]>,
  onBehalfOf: Said[1] | Promise<Said[1]>,
  belongsTo: Said[2] | Promise<Said[2]>,
  reason: Said[3] | Promise<Said[3]>,
];

type Said = readonly [
  actor: Actor | undefined,
  onBehalfOf: ContextSeed['onBehalfOf'],
  belongsTo: string | undefined,
  reason: string | undefined,
];

function seed<Input>(
  options: AuditOptions<Input>,
  facts: RequestFacts,
  [actor, onBehalfOf, belongsTo, reason]: Said,
): ContextSeed {
  const trace = parseTraceparent(facts.header('traceparent'));
  return {
    actor: { ...technical(facts, options.trustProxy), ...(actor ?? { kind: 'anonymous' }) },
    ...(onBehalfOf && { onBehalfOf }),
    ...(belongsTo !== undefined && { case: belongsTo }),
    ...(reason !== undefined && { reason }),
    ...(trace && { trace }),
  };
}

/** A request of which nobody said who acts. */
export function nobody(facts: RequestFacts): ContextSeed {
  const trace = parseTraceparent(facts.header('traceparent'));
  return { actor: { ...technical(facts, false), kind: 'anonymous' }, ...(trace && { trace }) };
}

function technical(facts: RequestFacts, trustProxy: boolean | number | undefined): Partial<Actor> {
  const ip = clientAddress(facts.peer, facts.header('x-forwarded-for'), trustProxy);
  const userAgent = facts.header('user-agent')?.slice(0, LONGEST_AGENT);
  return { ...(ip !== undefined && { ip }), ...(userAgent && { userAgent }) };
}
