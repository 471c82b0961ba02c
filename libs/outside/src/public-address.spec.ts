import { describe, expect, it } from '@jest/globals';
import { isLoopback, isPublicAddress } from './public-address.js';

describe('an address that may be asked for a file', () => {
  it.each(['1.1.1.1', '31.13.84.36', '172.15.255.255', '172.32.0.1', '100.63.255.255', '192.167.1.1', '223.255.255.255'])(
    'is any of the open internet: %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(['2a03:2880:f12f:83:face:b00c:0:25de', '2606:4700:4700::1111', '::ffff:1.1.1.1', '::ffff:101:101', '64:ff9b::101:101'])(
    'is any of the open internet, in IPv6: %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('an address that is never asked for a file', () => {
  it.each<[string, string]>([
    ['this machine', '127.0.0.1'],
    ['this machine, by another number', '127.255.255.254'],
    ['this machine, in IPv6', '::1'],
    ['this machine, mapped', '::ffff:127.0.0.1'],
    ['this machine, mapped and in hexadecimal', '::ffff:7f00:1'],
    ['this machine, mapped and written out', '0:0:0:0:0:ffff:7f00:0001'],
    ['this machine, translated', '64:ff9b::7f00:1'],
    ['this machine, in the old compatible form', '::127.0.0.1'],
    ['no address at all', '0.0.0.0'],
    ['no address at all, in IPv6', '::'],
    ['no address at all, mapped', '::ffff:0:0'],
    ['a private network of class A', '10.1.2.3'],
    ['a private network of class B', '172.16.0.1'],
    ['a private network of class B, at its end', '172.31.255.255'],
    ['a private network of class C', '192.168.1.1'],
    ['a private network, mapped', '::ffff:10.0.0.1'],
    ['a private network, translated', '64:ff9b::a00:1'],
    ['a network of a carrier', '100.64.0.1'],
    ['a metadata service', '169.254.169.254'],
    ['a metadata service, mapped', '::ffff:169.254.169.254'],
    ['a metadata service, in IPv6', 'fd00:ec2::254'],
    ['a metadata service of a carrier network', '100.100.100.200'],
    ['the local link', '169.254.1.1'],
    ['the local link, in IPv6', 'fe80::1'],
    ['the local link with its interface', 'fe80::1%eth0'],
    ['a unique local address', 'fc00::1'],
    ['a site-local address of old', 'fec0::1'],
    ['documentation', '192.0.2.1'],
    ['documentation, in IPv6', '2001:db8::1'],
    ['newer documentation, in IPv6', '3fff::1'],
    ['a measuring network', '198.18.0.1'],
    ['many at once', '224.0.0.1'],
    ['many at once, in IPv6', 'ff02::1'],
    ['everybody at once', '255.255.255.255'],
    ['the reserved rest', '240.0.0.1'],
    ['Teredo, which carries any IPv4 address', '2001:0:7f00:1::'],
    ['6to4, which carries any IPv4 address', '2002:7f00:1::'],
    ['a local translation prefix', '64:ff9b:1::1'],
    ['a name', 'localhost'],
    ['a number', '2130706433'],
    ['nothing', ''],
  ])('is %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('this machine', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])('is %s', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each(['128.0.0.1', '::2', '::ffff:10.0.0.1', '10.127.0.1', 'localhost'])('is not %s', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});
