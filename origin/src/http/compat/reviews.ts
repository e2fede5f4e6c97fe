/** Lists of reviews for v1's clients: the widget's, and the same narrowed down by filters. */
import type { RatingSummary } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { SITE_NAME } from '../../domain/products/site.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead, type Answer } from './add-read.ts';
import { envelope, toFloat } from './envelope.ts';
import { productsOf, readList, type ListQuery } from './list.ts';
import { readFiltering, readPage, readStar, readV1Sort } from './parameters.ts';
import { toStarDistribution } from './ratings.ts';
import { subjectTags } from './subject.ts';
import { toWidgetProduct, toWidgetReview } from './widget-review.ts';

const WIDGET_PAGE = { name: 'per_page', usual: 5, most: 150 };

/** Adds the reads of lists of reviews. */
export function addReviewReads(app: Hono, { db }: Context): void {
  async function answer(
    [appKey, productId]: readonly [string, string],
    search: URLSearchParams,
    narrowed: Pick<ListQuery, 'rating' | 'filtering'>,
  ): Promise<Answer> {
    const { page, size, offset } = readPage(search, WIDGET_PAGE);
    const query = { sort: readV1Sort(search), offset, limit: size, ...narrowed };
    const list = await enterShop(db, appKey, (tx, shop) => readList(tx, shop, productId, query));
    const response = {
      pagination: { page, per_page: size, total: list.total },
      bottomline: toBottomLine(list.subject.summary),
      products: productsOf(list).map(toWidgetProduct),
      product_tags: [],
      reviews: list.reviews.map((review) => toWidgetReview(review, list.shop.name)),
    };
    const tags = subjectTags(appKey, productId);
    return { body: envelope(response), policy: 'reviews', tags };
  }

  const widget = '/v1/widget/:appKey/products/:productId/reviews.json';
  addRead(app, widget, ({ part, search }) =>
    answer([part('appKey'), part('productId')], search, { rating: readStar(search) }),
  );

  // Clients post it; edges ask for the same by GET. Guesses: without a product it is about the shop, and
  // `pagination.total` counts what the filters let through, for no name of a second count was recorded.
  addRead(app, '/v1/reviews/:appKey/filter.json', ({ part, search }) =>
    answer([part('appKey'), search.get('domain_key') ?? SITE_NAME], search, {
      filtering: readFiltering(search),
    }),
  );
}

const toBottomLine = ({ count, average, histogram, organic }: RatingSummary) => ({
  total_review: count,
  average_score: toFloat(average),
  total_organic_reviews: organic.count,
  organic_average_score: toFloat(organic.average),
  star_distribution: toStarDistribution(histogram),
});
