import { describe, expect, it } from 'vitest';
import { clientAddress } from '../src/client-address.ts';

describe('address of a client', () => {
  it.each([
    ['192.0.2.1', undefined, false, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, false, '192.0.2.1'],
    ['2001:db8::1', undefined, false, '2001:db8::1'],
    ['192.0.2.1', '203.0.113.9', false, '192.0.2.1'],
    ['192.0.2.1', '203.0.113.9', 0, '192.0.2.1'],
    ['192.0.2.1', '203.0.113.9, 198.51.100.7', true, '198.51.100.7'],
    ['192.0.2.1', '203.0.113.9, 198.51.100.7', 2, '203.0.113.9'],
    ['192.0.2.1', '198.51.100.7', 3, '198.51.100.7'],
    ['192.0.2.1', '198.51.100.7:4711', 1, '198.51.100.7'],
    ['192.0.2.1', '[2001:db8::7]:4711', 1, '2001:db8::7'],
    ['192.0.2.1', 'unknown', 1, '192.0.2.1'],
    ['192.0.2.1', '<script>', 1, '192.0.2.1'],
    [undefined, undefined, false, undefined],
    ['/var/run/app.sock', undefined, false, undefined],
  ])('of peer %s, forwarded %s, proxies %s', (peer, forwarded, proxies, expected) => {
    expect(clientAddress(peer, forwarded, proxies)).toBe(expected);
  });
});
