import { expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';
import { reviewFacets } from '../../db/answers-schema.ts';
import { findNumberedProducts } from '../../domain/ratings/find-numbered.ts';
import { enterShop } from '../../domain/shops/find.ts';

describeCompat('what v3’s clients ask of a product', ({ body, context }) => {
  const PRODUCT = '/v3/storefront/stores/acme/products';
  const number = expect.any(Number);

  // A guess throughout: no answer was recorded.
  test('shows its photos, a page at a time', async () => {
    expect(await body(`${PRODUCT}/kettle/reviewsMedia?page=1&perPage=5`)).toEqual({
      pagination: { page: 1, perPage: 5, total: 1 },
      reviewsMedia: [
        {
          id: number,
          reviewId: number,
          mediaType: 'image',
          thumbUrl: 'https://img.example/1s.jpg',
          originalUrl: 'https://img.example/1.jpg',
        },
      ],
    });
    expect(await body(`${PRODUCT}/unheard-of/reviewsMedia?page=2`)).toEqual({
      pagination: { page: 2, perPage: 10, total: 0 },
      reviewsMedia: [],
    });
  });

  // The names on the first level were recorded.
  test('tells its topics, and that nobody sums reviews up', async () => {
    await enterShop(context().db, 'acme', async (tx, { id: shopId }) => {
      const [kettle] = await findNumberedProducts(tx, shopId, ['kettle']);
      const topic = { kind: 'topic', value: 'handle', count: 12, total: 0 } as const;
      const listId = kettle?.listNumber ?? 0;
      await tx.insert(reviewFacets).values({ shopId, listId, ...topic });
    });
    const query = 'include=reviewsSummary,topics&lang=tr';
    expect(await body(`${PRODUCT}/kettle/productData?${query}`)).toEqual({
      storeId: 'acme',
      productId: number,
      externalId: 'kettle',
      topics: [{ name: 'handle', count: 12 }],
      reviewsSummary: null,
    });
    expect(await body(`${PRODUCT}/kettle/productData`)).not.toHaveProperty('topics');
  });

  test('of an unknown product is nothing', async () => {
    expect(await body(`${PRODUCT}/unheard-of/productData?include=topics`)).toEqual({
      storeId: 'acme',
      productId: null,
      externalId: 'unheard-of',
      topics: [],
    });
  });
});
