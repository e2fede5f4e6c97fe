/** A minute of storefront traffic at a steady pace, on one core. */
import { RATING_SHARD_COUNT, ratingShardOf } from '../../contract/src/index.ts';
import { toRequest } from '../measure/connection.ts';
import { closedLoop, paced, percentile, type Asked } from '../measure/load.ts';
import { cpuSeconds, residentBytes } from '../measure/process-tree.ts';
import { startMeasuredEdge, VISITOR_FIELD } from '../servers/edge.ts';
import { startOrigin } from '../servers/origin.ts';
import { sendPurge } from './send-purge.ts';
import { makeTrace, PRODUCTS, SHOPS } from './trace.ts';

const RATE = 5000;
const SECONDS = 60;
/** Enough for what is popular to be there. */
const WARM_UP_REQUESTS = 400_000;
const CONNECTIONS = 64;
const VISITORS = 60_000;
const REVIEWS_BYTES = 3000;
const SHARD_PRODUCTS = Math.ceil(PRODUCTS / SHOPS / RATING_SHARD_COUNT);
const P99_GOAL_MS = 50;

interface Tally {
  asked: number;
  hits: number;
}

export async function measureSoak(): Promise<void> {
  const origin = await startOrigin({ bodyOf, tagsOf });
  const edge = await startMeasuredEdge(origin.url, { memory: '512MB' });
  const { host } = new URL(edge.url);
  const tallies = { reviews: { asked: 0, hits: 0 }, listing: { asked: 0, hits: 0 } };
  const purges: Promise<void>[] = [];
  const trace = makeTrace(7);
  let visitor = 0;

  /** Reviews that are published between two requests are purged on the way. */
  const next = (): Asked => {
    const event = trace.next().value;
    if (event.kind === 'publish') {
      const { shop, product } = event;
      const tags = [`product:${shop}:${product}`, `ratings:${shop}:${ratingShardOf(product)}`];
      purges.push(sendPurge(edge.url, tags, 'soft'));
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
  };

  try {
    const warmUp = { connections: CONNECTIONS, requests: WARM_UP_REQUESTS };
    await closedLoop(edge.url, () => next().request, warmUp);
    for (const tally of Object.values(tallies)) Object.assign(tally, { asked: 0, hits: 0 });
    const before = cpuSeconds(edge.pid);
    const load = { rate: RATE, seconds: SECONDS, connections: CONNECTIONS };
    const { latencies, seconds, failed, count } = await paced(edge.url, next, load);
    const busy = (cpuSeconds(edge.pid) - before) / seconds;
    await Promise.all(purges);
    const ms = (share: number): string => `${percentile(latencies, share).toFixed(1)} ms`;
    console.log(`
Soak: ${RATE} requests a second for ${SECONDS} s after ${WARM_UP_REQUESTS} to warm up
  kept up with       ${Math.round(count / seconds)} a second, ${failed} failed
  50 % within        ${ms(0.5)}
  99 % within        ${ms(0.99)} (goal ${P99_GOAL_MS} ms)
  99.9 % within      ${ms(0.999)}
  reviews from cache ${percent(tallies.reviews)}
  ratings from cache ${percent(tallies.listing)} of the listing batches (goal 99.9 %)
  CPU                ${Math.round(busy * 100)} % of one core
  memory             ${Math.round(residentBytes(edge.pid) / 1e6)} MB resident
  purges             ${purges.length}`);
  } finally {
    await edge.stop();
    await origin.stop();
  }
}

type Read = Exclude<ReturnType<ReturnType<typeof makeTrace>['next']>['value'], { kind: 'publish' }>;

const pathOf = (event: Read): string =>
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

const bodyOf = (path: string): Buffer => (path.includes('/rating-shards/') ? SHARD : REVIEWS);

function tagsOf(path: string): string {
  const [, , , shop, , product] = path.split('/');
  return path.includes('/rating-shards/')
    ? `ratings:${shop}:${product},shop:${shop}`
    : `product:${shop}:${product},shop:${shop}`;
}

const percent = ({ hits, asked }: Tally): string => `${((100 * hits) / asked).toFixed(2)} %`;
