/** Where a client asks from, whatever stands in front of us. */
import type { IncomingMessage } from 'node:http';
import {
  CLIENT_ADDRESS_FIELD,
  CLIENT_ADDRESS_PROOF_FIELD,
  isClientAddressProven,
} from '@plaudit/contract';
import ipaddr from 'ipaddr.js';

/** What is looked at of a request. */
type Asking = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Tells which network a client asks from; empty where its connection is gone. */
export type ClientAddressOf = (request: Asking) => Promise<string>;

/**
 * Makes it. The address is the connection's, unless one of our edges proves another: it holds the secret
 * that purges are signed with. From anybody else the field is a claim, and is not looked at.
 * @param secret empty, nobody is believed
 */
export const createClientAddressOf =
  (secret: string, now: () => Date): ClientAddressOf =>
  async ({ headers, socket }) => {
    const address = headers[CLIENT_ADDRESS_FIELD];
    const proof = headers[CLIENT_ADDRESS_PROOF_FIELD];
    const isTold =
      secret !== '' &&
      typeof address === 'string' &&
      typeof proof === 'string' &&
      ipaddr.isValid(address) &&
      (await isClientAddressProven(secret, { address, proof }, now().getTime()));
    return networkOf(isTold ? address : (socket.remoteAddress ?? ''));
  };

/** All of an IPv4 address, the first half of an IPv6 one: the rest is for its user to choose. */
function networkOf(text: string): string {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  if (!('parts' in address)) return address.toString();
  const groups = address.parts.slice(0, 4).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
