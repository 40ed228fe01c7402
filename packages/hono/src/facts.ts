import type { RequestFacts } from '@zegel/node/adapter';
import type { Context } from 'hono';

/** What a request tells by itself; its peer as @hono/node-server hands it on. */
export function factsOf(c: Context): RequestFacts {
  return { header: (name) => c.req.header(name), peer: peerOf(c.env) };
}

function peerOf(env: unknown): string | undefined {
  const address = member(member(member(env, 'incoming'), 'socket'), 'remoteAddress');
  return typeof address === 'string' ? address : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
