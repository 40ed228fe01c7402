import { isIP } from 'node:net';

/**
 * Address of the client, as far as it can be believed: the peer's, or, behind `proxies` proxies of one's own, the
 * one so many places from the end of `X-Forwarded-For`. What stands before it was written by the client.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trustProxy: boolean | number = false,
): string | undefined {
  const proxies = Number(trustProxy);
  if (proxies < 1 || forwarded === undefined) return plain(peer);
  const hops = forwarded.split(',');
  return plain(hops.at(-proxies) ?? hops[0]) ?? plain(peer);
}

/** An address without port and brackets; IPv4 out of its IPv6 form. Anything else is none. */
function plain(text: string | undefined): string | undefined {
  if (text !== undefined && isIP(text) === 4) return text;
  const address = text?.trim().replace(/^\[([^\]]*)\](?::\d+)?$/, '$1');
  if (address === undefined) return undefined;
  const found = [address, address.replace(/^::ffff:/i, ''), address.replace(/:\d+$/, '')];
  return found.toReversed().find((each) => isIP(each) === 4) ?? (isIP(address) === 6 ? address : undefined);
}
