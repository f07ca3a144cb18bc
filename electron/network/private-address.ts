import { BlockList, isIP } from 'node:net';

/** RFC 1918, RFC 3927, RFC 4193, RFC 4291, and this computer itself. */
const subnets = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const;

const privateSubnets = new BlockList();
for (const [network, prefix, family] of subnets) privateSubnets.addSubnet(network, prefix, family);
privateSubnets.addAddress('::1', 'ipv6');

/**
 * Whether a host, as a URL has it, is one of the network at hand: a private address, a name without a dot, or one below
 * `.local`. Other names count as public, whatever address they have: nobody is asked for it.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  const version = isIP(host);
  if (version !== 0) return privateSubnets.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return host !== '' && (!host.includes('.') || host.endsWith('.local'));
}
