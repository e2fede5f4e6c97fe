import type { Rating, Review } from '@plaudit/contract';
import type { reviews } from '../../db/schema.ts';

/**
 * A row as visitors may see it: listed field by field, so that a new column stays inside. When it
 * was published is left out on purpose: no page shows it, and every review would carry its bytes.
 */
export function toReview(row: typeof reviews.$inferSelect, externalId: string): Review {
  return {
    id: row.publicId,
    productId: externalId,
    rating: row.rating as Rating,
    ...(row.title ? { title: row.title } : {}),
    ...(row.body ? { body: row.body } : {}),
    ...(row.author ? { author: row.author } : {}),
    verified: row.verified,
    incentivized: row.incentivized,
    ...(row.incentive ? { incentive: row.incentive } : {}),
    ...(row.locale ? { locale: row.locale } : {}),
    ...(row.country ? { country: row.country } : {}),
    createdAt: row.createdAt.toISOString(),
    helpful: { up: row.votesUp, down: row.votesDown },
    ...toAdditions(row),
  };
}

/** What stands beside the reviewer's words. */
const toAdditions = ({
  media,
  answers,
  reply,
  translation,
}: typeof reviews.$inferSelect): Pick<Review, 'media' | 'answers' | 'reply' | 'translation'> => ({
  ...(media?.length ? { media } : {}),
  ...(answers?.length ? { answers } : {}),
  ...(reply ? { reply } : {}),
  ...(translation ? { translation } : {}),
});
