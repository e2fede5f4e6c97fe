/** Averages, counts and distributions. */
import type { Histogram } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { envelope, toFloat } from './envelope.ts';
import { readSubject, subjectTags } from './subject.ts';

/** Adds the reads of ratings. */
export function addRatingReads(app: Hono, { db }: Context): void {
  const readSummary = (appKey: string, productId: string) =>
    enterShop(db, appKey, async (tx, { id }) => (await readSubject(tx, id, productId)).summary);

  addRead(app, '/products/:appKey/:productId/bottomline', async ({ part }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { average, count } = await readSummary(appKey, productId);
    const bottomline = { average_score: toFloat(average), total_reviews: count };
    const tags = subjectTags(appKey, productId);
    return { body: envelope({ bottomline }), policy: 'ratings', tags };
  });

  addRead(app, '/v1/star_distribution/store/:appKey/product/:productId', async ({ part }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { histogram } = await readSummary(appKey, productId);
    const tags = subjectTags(appKey, productId);
    return { body: toStarDistribution(histogram), policy: 'ratings', tags };
  });
}

/** Counts by the number of stars, which is a string. */
export const toStarDistribution = (histogram: Histogram): Record<string, number> =>
  Object.fromEntries(histogram.map((count, index) => [`${index + 1}`, count]));
