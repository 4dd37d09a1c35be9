import { isIPv6 } from 'node:net';

/**
 * What one customer of an internet provider is known by: an IPv4 address, or the /64 that IPv6 hands out whole
 * and in which addresses cost nothing.
 *
 * @example networkOf('::ffff:192.0.2.1') is '192.0.2.1'; networkOf('2001:db8::1') is '2001:db8:0:0::/64'
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.toLowerCase().split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
