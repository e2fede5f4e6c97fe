import type { NamedProduct } from '../domain/products/upsert.ts';
import { SITE_NAME, SITE_PRODUCT } from '../domain/products/site.ts';
import type { ForeignReview } from '../domain/reviews/import-batch.ts';
import type { ImportedReview } from './imported-review.ts';

/** A review of a file as the domain takes it in. */
export function toForeignReview(
  review: ImportedReview & { createdAt: Date },
  externalId: string,
  sourceKey: string,
): ForeignReview {
  return {
    product:
      externalId === SITE_NAME ? { externalId: SITE_PRODUCT } : toProduct(review, externalId),
    rating: review.rating,
    title: review.title,
    body: review.body,
    author: review.author,
    email: review.email,
    verified: review.verified,
    incentivized: review.incentivized,
    incentive: review.incentive,
    answers: review.answers,
    locale: review.locale,
    country: review.country,
    status: review.status,
    media: [
      ...review.pictureUrls.map((url) => ({ kind: 'photo' as const, url })),
      ...review.videoUrls.map((url) => ({ kind: 'video' as const, url })),
    ],
    reply: review.reply && {
      body: review.reply.body,
      ...(review.reply.createdAt ? { createdAt: review.reply.createdAt.toISOString() } : {}),
    },
    translation: review.translation,
    votesUp: review.helpfulUp,
    votesDown: review.helpfulDown,
    createdAt: review.createdAt,
    sourceKey,
  };
}

const toProduct = (review: ImportedReview, externalId: string): NamedProduct => ({
  externalId,
  title: review.productTitle,
  url: review.productUrl,
  imageUrl: review.productImageUrl,
});
