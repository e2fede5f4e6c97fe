/** Reviews in the long form: one by its number, and those of a product. */
import { productTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { findNumberedReview } from '../../domain/reviews/find-numbered.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { envelope } from './envelope.ts';
import { readList } from './list.ts';
import { toLongReview } from './long-review.ts';
import { readPage, readSince } from './parameters.ts';
import { subjectTags } from './subject.ts';

const LONG_PAGE = { name: 'count', usual: 5, most: 150 };

/** Adds the reads in the long form. */
export function addLongReviewReads(app: Hono, { db }: Context): void {
  addRead(app, '/products/:appKey/:productId/reviews', async ({ part, search }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { page, size, offset } = readPage(search, LONG_PAGE);
    const query = { sort: 'newest', offset, limit: size, ...readSince(search) } as const;
    const list = await enterShop(db, appKey, (tx, shop) => readList(tx, shop, productId, query));
    const response = {
      total_reviews: list.total,
      reviews: list.reviews.map((review) => toLongReview(review, { number: list.shop.id })),
      // Strings here, and here alone.
      page: `${page}`,
      per_page: `${size}`,
    };
    const tags = subjectTags(appKey, productId);
    return { body: envelope(response), policy: 'reviews', tags };
  });

  addRead(app, '/reviews/:reviewId{[0-9]+}', async ({ part }) => {
    const found = await findNumberedReview(db, Number(part('reviewId')));
    const { appKey, shopNumber, product } = found;
    const review = { ...toLongReview(found, { number: shopNumber }), sentiment: null };
    return {
      body: envelope({ review }),
      policy: 'reviews',
      tags: [shopTag(appKey), productTag(appKey, product.id)],
    };
  });
}
