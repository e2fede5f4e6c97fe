/** Reviews for v3's clients: in camel case, without a frame. */
import type { RatingSummary } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import type { NumberedProduct } from '../../domain/ratings/find-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { displayName } from './display-name.ts';
import { productsOf, readList } from './list.ts';
import { readFiltering, readPage, readV3Sort } from './parameters.ts';
import { toPhotos } from './photos.ts';
import { toStarDistribution } from './ratings.ts';
import { subjectTags } from './subject.ts';

const V3_PAGE = { name: 'perPage', usual: 5, most: 150 };

/**
 * Adds v3's read. Clients post `scores` and `pictured`; that v3 has v1's other filters too, under its own
 * spelling, is a guess.
 */
export function addV3Reads(app: Hono, { db }: Context): void {
  const pattern = '/v3/storefront/store/:appKey/product/:productId/reviews';
  addRead(app, pattern, async ({ part, search }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { page, size, offset } = readPage(search, V3_PAGE);
    const filtering = readFiltering(search);
    const query = { sort: readV3Sort(search), offset, limit: size, filtering };
    const list = await enterShop(db, appKey, (tx, shop) => readList(tx, shop, productId, query));
    const body = {
      pagination: { page, perPage: size, total: list.total },
      bottomline: toV3BottomLine(list.subject.summary),
      products: productsOf(list).map(toProduct),
      reviews: list.reviews.map(toReview),
    };
    return { body, policy: 'reviews', tags: subjectTags(appKey, productId) };
  });
}

/** A rating as v3 has it. */
export const toV3BottomLine = ({ count, average, histogram }: RatingSummary) => ({
  totalReview: count,
  averageScore: average,
  starDistribution: toStarDistribution(histogram),
});

const toProduct = ({ number, id, title, url }: NumberedProduct) => ({
  id: number,
  domainKey: id,
  name: title ?? id,
  url: url ?? '',
});

const toReview = ({ number, review }: NumberedReview) => ({
  id: number,
  score: review.rating,
  votesUp: review.helpful.up,
  votesDown: review.helpful.down,
  content: review.body ?? '',
  title: review.title ?? null,
  // To the second, and no zone: clients that append one rely on it.
  createdAt: review.createdAt.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length),
  verifiedBuyer: review.verified,
  imagesData: toPhotos(number, review).map(({ id, small, large }) => ({
    id,
    thumbUrl: small,
    originalUrl: large,
  })),
  user: { displayName: displayName(review.author) },
  customFields: {},
  topics: {},
  isIncentivized: review.incentivized,
  sentiment: null,
});
