import type { CacheRequest } from '../cache/index.ts';
import type { Coding } from './encoding.ts';

const FORWARD: Record<Coding, Headers> = {
  br: new Headers({ accept: 'application/json', 'accept-encoding': 'br' }),
  gzip: new Headers({ accept: 'application/json', 'accept-encoding': 'gzip' }),
  identity: new Headers({ accept: 'application/json', 'accept-encoding': 'identity' }),
};

const IMAGE = new Headers({ accept: 'image/webp', 'accept-encoding': 'identity' });

/** A photo, which is compressed already. */
export const photoRead = (path: string, client: Headers): CacheRequest => ({
  method: 'GET',
  url: path,
  key: `${path} identity`,
  client,
  forward: IMAGE,
});

/**
 * A read in canonical form. The origin gets nothing of the visitor's request but its path and the
 * coding, and both are the key: what is not in the key never reaches the origin.
 * @param client What the visitor sent: conditions, and who it is for limits.
 */
export const storefrontRead = (path: string, coding: Coding, client: Headers): CacheRequest => ({
  method: 'GET',
  url: path,
  key: `${path} ${coding}`,
  client,
  forward: FORWARD[coding],
});
