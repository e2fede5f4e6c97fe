/**
 * How often one visitor and one shop may make the origin work. Counted per isolate: on Cloudflare a
 * visitor's requests mostly meet the same one. Visitors are known by a keyed hash of their network;
 * without a trusted field for the address they cannot be told apart, and only shops are limited.
 */
import { clientNetwork } from './client-address.ts';
import { createKeyedHash } from './keyed-hash.ts';
import { createRateLimit, policyField, rateLimitField, type Allowance } from './rate-limit.ts';

/** Nobody writes more reviews than this; an office behind one address might. */
export const VISITOR_WRITES = { name: 'visitor', units: 20, windowSeconds: 60 };
/** One shop's flood leaves room for the others. */
export const SHOP_WRITES = { name: 'shop', units: 300, windowSeconds: 60 };
/** Reads that are in no cache: more than any page or crawler needs, less than hurts an origin. */
export const VISITOR_MISSES = { name: 'visitor-misses', units: 600, windowSeconds: 60 };

/** Purges that no secret of ours signed: a dispatcher with a wrong secret makes fewer. */
export const REFUSED_PURGES = { name: 'refused-purges', units: 60, windowSeconds: 60 };

const PURGE_POLICY = policyField([REFUSED_PURGES]);
const WRITE_POLICY = policyField([VISITOR_WRITES, SHOP_WRITES]);
const MISS_POLICY = policyField([VISITOR_MISSES]);

type Fields = Record<string, string>;

/** Too many requests; `fields` say how many there may be and when the next. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  readonly fields: Fields;

  constructor(allowance: Allowance, policy: string) {
    super(`the quota "${allowance.quota.name}" is used up`);
    const retryAfter = { 'retry-after': String(allowance.moreInSeconds) };
    this.fields = { ...retryAfter, ...fieldsOf(allowance, policy) };
  }
}

export interface Limits {
  /**
   * Counts a write. The fields go with its answer; they tell a visitor's own quota only, because a
   * shop's would tell how much is written there.
   * @throws {RateLimited} when there were too many
   */
  write(appKey: string, client: Headers): Fields;
  /** Counts a read that has to go to the origin; gives the failure when there were too many. */
  miss(client: Headers): RateLimited | undefined;
  /** The failure for a client that had too many purges refused; asked before a signature costs anything. */
  purge(client: Headers): RateLimited | undefined;
  /** Counts a purge that was refused. */
  refusedPurge(client: Headers): void;
}

/** @param addressField The request field that a trusted server sets to the visitor's address. */
export function createLimits(now: () => number, addressField: string | undefined): Limits {
  const hashOf = createKeyedHash();
  const visitorWrites = createRateLimit(VISITOR_WRITES, now);
  const shopWrites = createRateLimit(SHOP_WRITES, now);
  const visitorMisses = createRateLimit(VISITOR_MISSES, now);
  const refusedPurges = createRateLimit(REFUSED_PURGES, now);

  function visitorOf(client: Headers): number | undefined {
    const network = clientNetwork(client, addressField);
    return network === undefined ? undefined : hashOf(network);
  }

  return {
    write(appKey, client) {
      const visitor = visitorOf(client);
      const own = visitor === undefined ? undefined : visitorWrites.take(visitor);
      if (own?.isAllowed === false) throw new RateLimited(own, WRITE_POLICY);
      const shop = shopWrites.take(hashOf(appKey));
      if (!shop.isAllowed) throw new RateLimited(shop, WRITE_POLICY);
      return own ? fieldsOf(own, WRITE_POLICY) : { 'ratelimit-policy': WRITE_POLICY };
    },
    miss(client) {
      const visitor = visitorOf(client);
      if (visitor === undefined) return undefined;
      const allowance = visitorMisses.take(visitor);
      return allowance.isAllowed ? undefined : new RateLimited(allowance, MISS_POLICY);
    },
    purge(client) {
      const visitor = visitorOf(client);
      if (visitor === undefined) return undefined;
      const allowance = refusedPurges.look(visitor);
      return allowance.isAllowed ? undefined : new RateLimited(allowance, PURGE_POLICY);
    },
    refusedPurge(client) {
      const visitor = visitorOf(client);
      if (visitor !== undefined) refusedPurges.take(visitor);
    },
  };
}

const fieldsOf = (allowance: Allowance, policy: string): Fields => ({
  ratelimit: rateLimitField(allowance),
  'ratelimit-policy': policy,
});
