/** Our widgets behind the real edge, with an origin that answers one product's ten reviews at once. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { DEFAULT_SETTINGS, productReviewsPath, reviewsHtmlPath } from '@plaudit/contract';
import { findFreePort, startEdge } from '../../scripts/stack.mjs';
import type { Candidate } from './candidate.ts';

const PRODUCT = '42';
const REVIEWS = readFileSync(new URL('../../scripts/size/ten-reviews.json', import.meta.url));
const LIFE = { 'cache-control': 'public, max-age=60', 'cdn-cache-control': 'max-age=86400' };

export async function startOurs(): Promise<{ candidates: Candidate[]; stop: () => Promise<void> }> {
  const { average, count } = (
    JSON.parse(REVIEWS.toString()) as { summary: { average: number; count: number } }
  ).summary;
  const bodyOf = (url: string): string | Buffer => {
    if (url.endsWith('/settings')) return JSON.stringify(DEFAULT_SETTINGS);
    return url.includes('/rating-shards/')
      ? JSON.stringify({ ratings: { [PRODUCT]: { average, count } } })
      : REVIEWS;
  };
  // As the real one does, it compresses once for all who read it.
  const origin = createServer(({ url = '', headers }, response) => {
    const isBrotli = headers['accept-encoding'] === 'br';
    response.writeHead(200, {
      'content-type': 'application/json',
      ...LIFE,
      ...(isBrotli && { 'content-encoding': 'br' }),
    });
    response.end(isBrotli ? brotliCompressSync(bodyOf(url)) : bodyOf(url));
  });
  await new Promise<void>((resolve) => {
    origin.listen(0, '127.0.0.1', resolve);
  });
  const edge = await startEdge({
    origin: `http://127.0.0.1:${(origin.address() as AddressInfo).port}`,
    port: await findFreePort(),
    purgeSecret: 'for the bench only',
  });
  const fragment = await (await fetch(edge.url + reviewsHtmlPath('demo', PRODUCT))).text();
  // Warm, as the edge is for all visitors but the first.
  for (const path of [productReviewsPath('demo', PRODUCT), '/v1/shops/demo/ratings?ids=42']) {
    await fetch(edge.url + path);
  }

  const script = (query = ''): string =>
    `<script async src="${edge.url}/demo/plaudit.js${query}"></script>`;
  const rating = `<plaudit-rating product="${PRODUCT}"></plaudit-rating>`;
  const reviews = `<plaudit-reviews product="${PRODUCT}"></plaudit-reviews>`;
  return {
    candidates: [
      { name: 'Plaudit, plaudit.js', head: script(), above: rating, body: reviews },
      {
        name: 'Plaudit, plaudit.js?product=',
        head: script(`?product=${PRODUCT}`),
        above: rating,
        body: reviews,
      },
      { name: 'Plaudit, reviews.html in the page', head: script(), above: rating, body: fragment },
    ],
    stop: async () => {
      await edge.stop();
      await new Promise((resolve) => {
        origin.close(resolve);
        origin.closeAllConnections();
      });
    },
  };
}
