/** Ratings for v3's clients: of one product, and of one after another. */
import { reviewsTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { listRatedProducts } from '../../domain/ratings/list-rated.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { readPage } from './parameters.ts';
import { readSubject, subjectTags } from './subject.ts';
import { toV3BottomLine } from './v3-reviews.ts';

const PAGE = { name: 'perPage', usual: 10, most: 100 };

/** Adds the reads. */
export function addV3RatingReads(app: Hono, { db }: Context): void {
  const ofProduct = '/v3/storefront/store/:appKey/product/:productId/ratings';
  addRead(app, ofProduct, async ({ part }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { summary } = await enterShop(db, appKey, (tx, { id }) => readSubject(tx, id, productId));
    const body = { bottomline: toV3BottomLine(summary) };
    return { body, policy: 'ratings', tags: subjectTags(appKey, productId) };
  });

  // Clients ask for pages until one is empty.
  addRead(app, '/v3/storefront/stores/:appKey/ratings', async ({ part, search }) => {
    const appKey = part('appKey');
    const { size, offset } = readPage(search, PAGE);
    const rated = await enterShop(db, appKey, (tx, { id }) =>
      listRatedProducts(tx, id, { offset, limit: size }),
    );
    const bottomlines = rated.map(({ product, summary }) => ({
      productId: product.id,
      ...toV3BottomLine(summary),
    }));
    const tags = [shopTag(appKey), reviewsTag(appKey)];
    return { body: { response: { bottomlines } }, policy: 'ratings', tags };
  });
}
