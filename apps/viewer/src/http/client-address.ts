import { isIP } from 'node:net';
import type { Context } from 'hono';

/** As much of what node:http gives as is looked at. */
interface Incoming {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * The address that a request came from. Behind a proxy it is the last that the proxy has added to `X-Forwarded-For`: those
 * before it anybody can have written.
 */
export function clientAddress(c: Context, behindProxy: boolean): string | undefined {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded !== undefined && isIP(forwarded) !== 0) return forwarded;
  return (c.env as Incoming | undefined)?.incoming?.socket?.remoteAddress;
}
