import { BlockList, isIP, isIPv4 } from 'node:net';

/** Everything of IPv4 that is not for the open internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** What is special inside of the only block of IPv6 that is global: https://www.iana.org/assignments/iana-ipv6-special-registry */
const SPECIAL_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [net, prefix] of SPECIAL_V4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_V6) special.addSubnet(net, prefix, 'ipv6');

const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/** IPv6 forms in whose last 32 bits an IPv4 address is meant, in their shortest writing: mapped (RFC 4291), translated by the well-known prefix (RFC 6052). */
const CARRIERS = [/^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/, /^\[64:ff9b::(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})?\]$/];

/** Whether an address belongs to the open internet: not private, not of this machine or link, no metadata service, no documentation. */
export function isPublicAddress(address: string): boolean {
  const plain = carriedV4(address) ?? address;
  if (isIP(plain) === 0) return false;
  if (isIPv4(plain)) return !special.check(plain, 'ipv4');
  return globalV6.check(plain, 'ipv6') && !special.check(plain, 'ipv6');
}

/** Whether an address is this very machine: 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  const plain = carriedV4(address) ?? address;
  return isIPv4(plain) ? plain.startsWith('127.') : plain === '::1';
}

/** The IPv4 address that an IPv6 address stands for, if it does. */
function carriedV4(address: string): string | undefined {
  if (isIP(address) !== 6 || address.includes('%')) return undefined;
  const shortest = new URL(`http://[${address}]`).hostname;
  const found = CARRIERS.map((form) => form.exec(shortest)).find((match) => match !== null);
  if (!found) return undefined;
  const bits = [found[1], found[2]].map((group) => parseInt(group ?? '0', 16));
  return bits.flatMap((group) => [group >>> 8, group & 255]).join('.');
}
