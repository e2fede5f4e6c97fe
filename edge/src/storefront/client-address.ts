/** Visitors by their address. What a client could have made up is not believed. */

/** The only field that says a visitor's address on Cloudflare; a visitor cannot set it there. */
export const CLOUDFLARE_ADDRESS_FIELD = 'cf-connecting-ip';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^[\da-f:.]{2,45}$/i;

/**
 * The address in the field that a trusted server sets; `undefined` where there is none, or anything
 * else, such as a list.
 */
export function clientAddress(client: Headers, field: string | undefined): string | undefined {
  return clientNetwork(client, field) === undefined ? undefined : addressIn(client, field);
}

/** The network of that address. */
export function clientNetwork(client: Headers, field: string | undefined): string | undefined {
  const address = addressIn(client, field);
  return address === undefined ? undefined : networkOf(address);
}

const addressIn = (client: Headers, field: string | undefined): string | undefined =>
  (field === undefined ? null : client.get(field)) ?? undefined;

/**
 * The part of an address that is one visitor's: all of an IPv4 address, the first 64 bits of an IPv6
 * one, because the rest is theirs to choose. Equal networks give equal text.
 */
export function networkOf(address: string): string | undefined {
  if (IPV4.test(address)) return address;
  const groups = IPV6.test(address) ? groupsOf(address) : undefined;
  if (!groups) return undefined;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups; the URL parser validates them and knows the spellings. */
function groupsOf(address: string): number[] | undefined {
  const host = URL.parse(`http://[${address}]/`)?.hostname;
  if (host === undefined) return undefined;
  const [before = [], after = []] = host
    .slice(1, -1)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  const missing = 8 - before.length - after.length;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}
