import { isIPv4, isIPv6 } from 'node:net';

const NOWHERE = 'unknown';

/** What attempts are counted by: an IPv4 address, or the /64 that whoever has one IPv6 address has all of. */
export function addressGroup(address: string | undefined): string {
  const text = (address ?? '').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  const v4 = mapped ?? text;
  if (isIPv4(v4)) return v4;
  return isIPv6(text) ? `${network(text)}::/64` : NOWHERE;
}

/** The first four groups, without leading zeroes. */
function network(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(gap).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
