import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';

describe('the address by which limits are counted', () => {
  it.each<[string, string, string | undefined, number, string]>([
    ['the socket’s own without a proxy', '203.0.113.7', undefined, 0, '203.0.113.7'],
    ['never what a client claims without a proxy', '203.0.113.7', '10.0.0.1', 0, '203.0.113.7'],
    ['what the proxy saw', '10.0.0.2', '203.0.113.7', 1, '203.0.113.7'],
    ['never what a client claims behind a proxy', '10.0.0.2', '1.1.1.1, 203.0.113.7', 1, '203.0.113.7'],
    ['what the outer of two proxies saw', '10.0.0.2', '1.1.1.1, 203.0.113.7, 10.0.0.3', 2, '203.0.113.7'],
    ['the socket’s own when the proxy says nothing', '10.0.0.2', undefined, 1, '10.0.0.2'],
    ['IPv4 in IPv6 clothes', '::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
    ['the network of an IPv6 address', '2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
    ['the network of a shortened IPv6 address', '2001:db8::5', undefined, 0, '2001:db8:0:0::/64'],
    ['the machine itself', '::1', undefined, 0, '0:0:0:0::/64'],
  ])('is %s', (_what, socket, forwarded, hops, address) => {
    expect(clientAddress(socket, forwarded, hops)).toBe(address);
  });
});
