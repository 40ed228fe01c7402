import type { RequestFacts } from '@zegel/node/adapter';
import type { Context } from 'hono';

/**
 * What a request tells by itself. On @hono/node-server headers and peer are those of the message it hands on: asking Hono
 * would have it make a `Headers` of them all.
 */
export function factsOf(c: Context): RequestFacts {
  const incoming = member(c.env, 'incoming');
  const headers = member(incoming, 'headers');
  const address = member(member(incoming, 'socket'), 'remoteAddress');
  return {
    header: (name) => (headers === undefined ? c.req.header(name) : textOf(member(headers, name))),
    peer: typeof address === 'string' ? address : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Sets a header of the response that @hono/node-server will send. False where there is none, or it is on its way. */
export function setOutgoing(c: Context, name: string, value: string): boolean {
  const outgoing = member(c.env, 'outgoing');
  if (!isUnsent(outgoing)) return false;
  outgoing.setHeader(name, value);
  return true;
}

interface Unsent {
  setHeader(name: string, value: string): unknown;
}

function isUnsent(value: unknown): value is Unsent {
  return member(value, 'headersSent') === false && typeof member(value, 'setHeader') === 'function';
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
