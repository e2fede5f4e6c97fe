import ipaddr from 'ipaddr.js';

/** What of IPv6 has been given out for the public internet (IANA's registry, RFC 4291 §2.4). */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet. Everything that reaches this machine, its
 * network or a cloud's metadata service is not, however it is written: also inside of an IPv6 address
 * (RFC 4291 §2.5.5, RFC 6052 NAT64, RFC 3056 6to4, RFC 4380 Teredo, which no public server needs).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` turns an IPv4-mapped IPv6 address into what it maps.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6));
}
