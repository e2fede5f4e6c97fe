/**
 * Requests to addresses that merchants and files name. Anything may stand in them, so where a name
 * leads is looked at when the connection is made: neither a redirect nor a name server that changes
 * its answer reaches a private address (SSRF).
 */
import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch, type RequestInit, type Response } from 'undici';
import { isPublicAddress } from './is-public-address.ts';

/** The address leads to where nothing of ours may go. */
export class ForbiddenAddressError extends Error {
  constructor() {
    super('The address is not one of the public internet.');
  }
}

/** What may be reached. Anything narrower or wider than the standard is for tests. */
export interface OutboundRules {
  isAllowed?: (address: string) => boolean;
  /** Ports beside 80 and 443. */
  ports?: readonly number[];
  /** Resolves names, as Node's own does. */
  resolve?: typeof lookup;
}

/** Makes requests within the rules; never follows a redirect by itself. */
export interface Outbound {
  fetch: (url: URL, init: RequestInit) => Promise<Response>;
  close: () => Promise<void>;
}

const CONNECT_LIMIT_MS = 5000;
const STANDARD_PORTS = ['', '80', '443'];

/**
 * Whether an address may be called at all, as far as its text tells: `http` or `https`, a standard
 * port, no user and password in it.
 */
export function isCallable(url: URL, ports: readonly number[] = []): boolean {
  return (
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    [...STANDARD_PORTS, ...ports.map(String)].includes(url.port)
  );
}

/** Opens the way out. */
export function createOutbound(rules: OutboundRules = {}): Outbound {
  const { isAllowed = isPublicAddress, ports = [], resolve = lookup } = rules;

  const lookUp: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      // A name that leads to both is somebody's try: not even its good half is called.
      if (!first || allowed.length < addresses.length) {
        return callback(new ForbiddenAddressError(), '');
      }
      return options.all ? all(callback, allowed) : callback(null, first.address, first.family);
    });
  };

  const connectByName = buildConnector({ lookup: lookUp, timeout: CONNECT_LIMIT_MS });
  const agent = new Agent({
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      // An address in figures is connected to without a look-up.
      if (isIP(host) && !isAllowed(host)) return callback(new ForbiddenAddressError(), null);
      return connectByName(options, callback);
    },
    maxHeaderSize: 16 * 1024,
  });

  return {
    fetch: async (url, init) => {
      if (!isCallable(url, ports)) throw new ForbiddenAddressError();
      try {
        return await fetch(url, { ...init, redirect: 'manual', dispatcher: agent });
      } catch (error) {
        throw isForbidden(error) ? new ForbiddenAddressError() : error;
      }
    },
    close: () => agent.close(),
  };
}

/** Node calls back with a list where it asked for one; its types know the single form only. */
const all = (callback: Parameters<LookupFunction>[2], addresses: LookupAddress[]) =>
  (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addresses);

const isForbidden = (error: unknown): boolean =>
  error instanceof ForbiddenAddressError ||
  (error instanceof Error && error.cause instanceof ForbiddenAddressError);
