/** Our own way to write a review down, the same in tables and in JSON: every field, by one name. */
import { VARIANT_QUESTION, type ReviewAnswer } from '@plaudit/contract';
import type { FullReview } from '../domain/reviews/read-all.ts';

/** The columns, in the order of the table. */
export const PLAUDIT_COLUMNS = [
  'review_id',
  'product_id',
  'product_title',
  'product_url',
  'product_image_url',
  'rating',
  'title',
  'body',
  'author',
  'email',
  'created_at',
  'verified',
  'incentivized',
  'incentive',
  'variant',
  'answers',
  'locale',
  'country',
  'status',
  'reply',
  'replied_at',
  'translation_locale',
  'translation_title',
  'translation_body',
  'helpful_up',
  'helpful_down',
  'picture_urls',
  'video_urls',
] as const;

/** What a cell holds; null or undefined when the review says nothing of it. */
export type PlauditRecord = Record<
  (typeof PLAUDIT_COLUMNS)[number],
  string | number | boolean | string[] | ReviewAnswer[] | null | undefined
>;

/** A review by column. */
export function toPlauditRecord(review: FullReview, hasEmails: boolean): PlauditRecord {
  return {
    review_id: review.id,
    product_id: review.productId,
    product_title: review.productTitle,
    product_url: review.productUrl,
    product_image_url: review.productImageUrl,
    rating: review.rating,
    title: review.title,
    body: review.body,
    author: review.author,
    email: hasEmails ? review.email : undefined,
    created_at: review.createdAt.toISOString(),
    verified: review.verified,
    incentivized: review.incentivized,
    incentive: review.incentive,
    variant: variantOf(review),
    answers: otherAnswersOf(review),
    locale: review.locale,
    country: review.country,
    status: review.status,
    reply: review.reply?.body,
    replied_at: review.reply?.createdAt,
    translation_locale: review.translation?.locale,
    translation_title: review.translation?.title,
    translation_body: review.translation?.body,
    helpful_up: review.helpfulUp,
    helpful_down: review.helpfulDown,
    picture_urls: urlsOf(review, 'photo'),
    video_urls: urlsOf(review, 'video'),
  };
}

const urlsOf = ({ media }: FullReview, kind: 'photo' | 'video'): string[] =>
  media.filter((each) => each.kind === kind).map(({ url }) => url);

const isVariant = ({ question }: ReviewAnswer): boolean => question === VARIANT_QUESTION;

function variantOf({ answers }: FullReview): string | undefined {
  const answer = answers.find(isVariant);
  return answer && String(answer.value);
}

function otherAnswersOf({ answers }: FullReview): ReviewAnswer[] | undefined {
  const others = answers.filter((answer) => !isVariant(answer));
  return others.length > 0 ? others : undefined;
}
