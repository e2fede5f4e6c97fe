/** How often the origin is asked when a thousand visitors ask the edge for the same at once. */
import { setTimeout as wait } from 'node:timers/promises';
import { toRequest } from '../measure/connection.ts';
import { allAtOnce } from '../measure/load.ts';
import { startMeasuredEdge } from '../servers/edge.ts';
import { startOrigin, type CountingOrigin } from '../servers/origin.ts';
import type { Server } from '../servers/server.ts';
import { sendPurge } from './send-purge.ts';

const VISITORS = 1000;
/** Long enough for everyone to arrive while the first waits. */
const ORIGIN_DELAY_MS = 200;
const LIFETIME_SECONDS = 1;
const BATCH = 48;
const PRODUCTS = 5000;

const KEY = '/v1/shops/bench/products/1/reviews';
const RATINGS = '/v1/shops/bench/ratings';

export async function measureCollapsing(): Promise<void> {
  console.log(
    `\nCollapsing: requests at the origin when ${VISITORS} visitors ask at the same time`,
  );
  const one = Array.from({ length: VISITORS }, () => KEY);
  const batches = Array.from(
    { length: VISITORS },
    (_, visitor) => `${RATINGS}?ids=${batch(visitor)}`,
  );

  await withEdge(86_400, async (edge, origin) => {
    await print('one cold key', edge, origin, one, 1);
    await sendPurge(edge.url, ['shop:bench'], 'soft');
    await print('the key purged softly', edge, origin, one, 1);
    await sendPurge(edge.url, ['shop:bench'], 'hard');
    await print('the key purged hard', edge, origin, one, 1);
    await print(
      `${VISITORS} different batches of ${BATCH} ratings, cold`,
      edge,
      origin,
      batches,
      16,
    );
    await sendPurge(edge.url, ['shop:bench'], 'soft');
    await print('the batches purged softly', edge, origin, batches, 16);
  });
  await withEdge(LIFETIME_SECONDS, async (edge, origin) => {
    await allAtOnce(edge.url, [toRequest(KEY, new URL(edge.url).host)]);
    await wait(LIFETIME_SECONDS * 1000 + 200);
    await print('one expired key', edge, origin, one, 1);
  });
}

async function withEdge(
  maxAge: number,
  use: (edge: Server, origin: CountingOrigin) => Promise<void>,
): Promise<void> {
  const bodyOf = (path: string): Buffer =>
    Buffer.from(path.includes('rating-shards') ? '{"ratings":{}}' : '{"reviews":[]}');
  const origin = await startOrigin({ bodyOf, delayMs: ORIGIN_DELAY_MS, maxAge });
  const edge = await startMeasuredEdge(origin.url);
  try {
    await use(edge, origin);
  } finally {
    await edge.stop();
    await origin.stop();
  }
}

/** @throws {Error} where not every visitor gets an answer, or the origin is asked more than once a key */
async function print(
  title: string,
  { url }: Server,
  { asked }: CountingOrigin,
  paths: readonly string[],
  goal: number,
): Promise<void> {
  asked.clear();
  const started = performance.now();
  const { host } = new URL(url);
  const answers = await allAtOnce(
    url,
    paths.map((path) => toRequest(path, host)),
  );
  const ms = Math.round(performance.now() - started);
  const good = answers.filter(({ status }) => status === 200).length;
  // A refresh in the background may still be under way.
  await wait(2 * ORIGIN_DELAY_MS);
  const requests = [...asked.values()].reduce((sum, count) => sum + count, 0);
  console.log(`  ${title.padEnd(46)} ${requests} (goal ${goal}), ${good} answered in ${ms} ms`);
  if (good !== paths.length || requests !== goal) throw new Error('not what it must be');
}

/** A listing page's products: any, in any combination. */
const batch = (visitor: number): string =>
  Array.from({ length: BATCH }, (_, place) => (visitor * 7 + place * 101) % PRODUCTS).join(',');
