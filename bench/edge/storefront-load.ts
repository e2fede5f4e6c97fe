/** The storefront's trace as requests to one server, and what an origin answers to them. */
import { RATING_SHARD_COUNT, ratingShardOf } from '../../contract/src/index.ts';
import { toRequest } from '../measure/connection.ts';
import type { Asked } from '../measure/load.ts';
import { VISITOR_FIELD } from '../servers/edge.ts';
import type { Answering } from '../servers/origin.ts';
import type { Server } from '../servers/server.ts';
import { sendPurge } from './send-purge.ts';
import { makeTrace, PRODUCTS, SHOPS, type Event } from './trace.ts';

const SEED = 7;
const VISITORS = 60_000;
const REVIEWS_BYTES = 3000;
const SHARD_PRODUCTS = Math.ceil(PRODUCTS / SHOPS / RATING_SHARD_COUNT);

/** How many were asked for, and how many of them came from the cache. */
export interface Tally {
  asked: number;
  hits: number;
}

export interface StorefrontLoad {
  /** The next read; reviews that are published before it are purged on the way. */
  readonly next: () => Asked;
  readonly tallies: Readonly<Record<'reviews' | 'listing', Tally>>;
  /** The purges that were sent. */
  readonly purges: readonly Promise<void>[];
}

/** @param options.isPurged whether the server is told what was published */
export function makeStorefrontLoad(
  { url }: Server,
  { isPurged = true }: { isPurged?: boolean } = {},
): StorefrontLoad {
  const { host } = new URL(url);
  const tallies = { reviews: { asked: 0, hits: 0 }, listing: { asked: 0, hits: 0 } };
  const purges: Promise<void>[] = [];
  const trace = makeTrace(SEED);
  let visitor = 0;

  function next(): Asked {
    const event = trace.next().value;
    if (event.kind === 'publish') {
      if (isPurged) purges.push(sendPurge(url, tagsOfPublished(event), 'soft'));
      return next();
    }
    visitor = (visitor + 1) % VISITORS;
    const fields = { [VISITOR_FIELD]: `10.9.${visitor >> 8}.${visitor & 255}` };
    const tally: Tally = tallies[event.kind];
    return {
      request: toRequest(pathOf(event), host, fields),
      see({ head }) {
        tally.asked++;
        if (/\r\ncache-status: [^\r]*; *hit/i.test(head)) tally.hits++;
      },
    };
  }

  return { next, tallies, purges };
}

type Published = Extract<Event, { kind: 'publish' }>;

const tagsOfPublished = ({ shop, product }: Published): string[] => [
  `product:${shop}:${product}`,
  `ratings:${shop}:${ratingShardOf(product)}`,
];

const pathOf = (event: Exclude<Event, Published>): string =>
  event.kind === 'listing'
    ? `/v1/shops/${event.shop}/ratings?ids=${asSent(event.products).join(',')}`
    : `/v1/shops/${event.shop}/products/${event.product}/reviews${event.search}`;

/** The SDK sends ids sorted and without repeats. */
const asSent = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted();

const SHARD = Buffer.from(
  JSON.stringify({
    ratings: Object.fromEntries(
      Array.from({ length: SHARD_PRODUCTS }, (_, id) => [id * 17, { average: 4.5, count: id }]),
    ),
  }),
);
const REVIEWS = Buffer.alloc(REVIEWS_BYTES, 'r');

/** What the origin answers. */
export const STOREFRONT: Answering = {
  bodyOf: (path) => (path.includes('/rating-shards/') ? SHARD : REVIEWS),
  tagsOf(path) {
    const [, , , shop, , product] = path.split('/');
    return path.includes('/rating-shards/')
      ? `ratings:${shop}:${product},shop:${shop}`
      : `product:${shop}:${product},shop:${shop}`;
  },
};
