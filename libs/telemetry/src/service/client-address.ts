import { isIPv6 } from 'node:net';

/**
 * The address by which limits are counted: behind `trustedHops` proxies the one that the outermost of them saw, else the socket's own.
 * An IPv6 customer owns a whole /64, so that is what counts.
 *
 * @param forwardedFor the header `x-forwarded-for`; what stands left of the trusted part was written by the client and means nothing
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustedHops: number): string {
  const hops = [...(forwardedFor ?? '').split(',').map((hop) => hop.trim()), socketAddress].filter(Boolean);
  const address = hops[Math.max(0, hops.length - 1 - trustedHops)] ?? socketAddress;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return isIPv6(plain) ? networkOf(plain) : plain;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
