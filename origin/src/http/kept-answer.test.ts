import { patterns, productTag } from '@plaudit/contract';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../test/compat-shop.ts';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { createAnswerCache, type AnswerCache } from '../cache/answer-cache.ts';
import { createMemoryStore } from '../cache/memory-store.ts';

const READS = [
  '/v1/shops/SHOP/ratings?ids=kettle',
  '/v1/shops/SHOP/rating-shards/2',
  '/v1/shops/SHOP/products/kettle/reviews',
  '/v1/shops/SHOP/products/kettle/questions',
  '/v1/shops/SHOP/products/kettle/topics',
  '/v1/shops/SHOP/site/reviews',
  '/v1/shops/SHOP/reviews',
  '/v1/shops/SHOP/settings',
];

describeOnEach('answers that are kept', (fixture) => {
  let answers: AnswerCache;
  let app: ReturnType<typeof createApp>;
  const read = async (appKey: string, path: string) =>
    (await app.request(path.replace('SHOP', appKey))).text();

  beforeAll(async () => {
    answers = createAnswerCache(createMemoryStore());
    app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }), answers });
    await fillShop(fixture.context, 'acme', [{ body: 'Of acme.' }]);
    await fillShop(fixture.context, 'other', [{ rating: 1, body: 'Of the other.' }]);
  });

  test('TI06: name the shop in their path, for caches that leave the host out of their keys', () => {
    const { adoptingLoaders, ...single } = patterns;
    for (const pattern of [...Object.values(single), ...adoptingLoaders])
      expect(pattern).toContain('/:appKey');
    const reads = app.routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('/*'));
    const shopless = reads.map(({ path }) => path).filter((path) => !path.includes('/:appKey'));
    // The number of a review is one of all shops'.
    expect(new Set(shopless)).toEqual(
      new Set(['/healthz', '/readyz', '/reviews/:reviewId{[0-9]+}']),
    );
  });

  test('TI06: are each shop’s own where two have the same products', async () => {
    for (const path of READS) {
      const first = await read('acme', path);
      expect(await read('other', path)).not.toContain('Of acme.');
      expect(await read('acme', path)).toBe(first);
      expect(first).not.toContain('Of the other.');
    }
  });

  test('TI06: of one shop stay when another’s are forgotten', async () => {
    const [path = ''] = READS.slice(2);
    const [own, others] = [await read('acme', path), await read('other', path)];
    await fillShop(fixture.context, 'acme', [{ body: 'A second one of acme.' }]);
    await fillShop(fixture.context, 'other', [{ body: 'A second one of the other.' }]);
    await answers.forget([productTag('other', 'kettle')]);
    expect(await read('acme', path)).toBe(own);
    expect(await read('other', path)).not.toBe(others);
  });
});
