/** A visitor writes a review. */
import { createHash } from 'node:crypto';
import type { ReviewAnswer, ReviewReceipt, ReviewSubmission } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { IdempotencyConflictError } from '../errors.ts';
import { keyedDigest, sealAddress } from '../keys/sealed.ts';
import { judge } from '../moderation/judge.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { upsertProducts } from '../products/upsert.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { attachUploads } from '../uploads/attach.ts';
import { uploadUrls } from '../uploads/urls.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { checkAnswers, filterableParts } from './check-answers.ts';
import { newPublicId } from './public-id.ts';
import { relevance } from './relevance.ts';

const SOURCE = 'storefront';

/**
 * Keeps a review, and publishes it at once where no rule of the shop holds it. A product that is not known
 * yet is made: shops start to collect reviews before they have told us their catalogue.
 * The same idempotency key with the same review gives the same receipt again, also when both come
 * at the same time.
 * @throws UnknownShopError
 * @throws IdempotencyConflictError
 * @throws InvalidAnswersError
 * @throws KeysUnavailableError
 */
export async function submitReview(
  context: Context,
  appKey: string,
  externalId: string,
  submission: ReviewSubmission,
): Promise<ReviewReceipt> {
  const shop = await findShop(context.db, appKey);
  const keys = await context.vault.keysOf(shop.id);
  const receipt = await inShop(context.db, shop.id, async (tx) => {
    const answers = checkAnswers(shop.settings.form, submission.answers);
    const productIds = await upsertProducts(tx, shop.id, [{ externalId }]);
    const productId = productIds.get(externalId) ?? 0;
    const { rules } = await readModerationRules(tx, shop.id);
    const verdict = judge(rules, 'review', visibleTexts(submission, answers));
    const publishedAt = verdict.status === 'published' ? context.now() : null;
    const row = toRow(context, { shop, keys }, productId, submission);
    const review = { ...row, ...verdict, publishedAt, answers };
    const [inserted] = await tx
      .insert(reviews)
      .values(review)
      .onConflictDoNothing({ target: [reviews.shopId, reviews.source, reviews.sourceKey] })
      .returning({ id: reviews.id });
    if (!inserted) return findEarlier(tx, keys, review);
    await keepAnswers(tx, shop, { ...review, id: inserted.id });
    await attachUploads(tx, shop.id, inserted.id, submission.media ?? []);
    const event = { shopId: shop.id, data: toReviewEvent(review, externalId) };
    await enqueueEvent(tx, { ...event, type: 'review.created' }, context.now());
    if (review.status === 'published') {
      await adjustRatings(tx, shop.id, [{ ...review, by: 1 }]);
      const tags = reviewTags(appKey, [externalId]);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, context.now());
      await enqueueEvent(tx, { ...event, type: 'review.published' }, context.now());
    }
    return { id: review.publicId, status: review.status };
  });
  context.onOutbox();
  return receipt;
}

/** What visitors would read of a review, and nothing else of it: see `judge`. */
function visibleTexts(
  { title, body, author }: Omit<ReviewSubmission, 'rating'>,
  answers: readonly ReviewAnswer[],
): (string | undefined)[] {
  const given = answers.flatMap(({ value }) => value);
  return [title, body, author, ...given.filter((value) => typeof value === 'string')];
}

/** Makes answers something to filter by. */
async function keepAnswers(
  tx: Database,
  shop: Shop,
  { id, productId, answers }: { id: number; productId: number; answers: ReviewAnswer[] },
): Promise<void> {
  const parts = filterableParts(shop.settings.form, answers);
  if (parts.length === 0) return;
  const rows = parts.map((part) => ({ ...part, reviewId: id, shopId: shop.id, productId }));
  await tx.insert(reviewAnswers).values(rows);
}

/** The product is part of what was submitted: one key, two products, are two reviews. */
function digestOf(productId: number, submission: ReviewSubmission): string {
  const { rating, title, body, author, email, locale, answers, media } = submission;
  const parts = [productId, rating, title, body, author, email, locale, answers, media];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function toRow(
  context: Context,
  { shop, keys }: { shop: Shop; keys: ShopKeys },
  productId: number,
  submission: ReviewSubmission,
) {
  const media = (submission.media ?? []).map((id) => ({
    kind: 'photo' as const,
    ...uploadUrls(context, shop.appKey, id),
  }));
  const publicId = newPublicId();
  const place = { column: 'reviews.email', row: publicId } as const;
  const row = {
    publicId,
    shopId: shop.id,
    productId,
    rating: submission.rating,
    title: submission.title || null,
    body: submission.body || null,
    author: submission.author,
    ...sealAddress(keys, place, submission.email.toLowerCase()),
    locale: submission.locale ?? null,
    country: null,
    media: media.length > 0 ? media : null,
    mediaCount: media.length,
    verified: false,
    incentivized: false,
    source: SOURCE,
    sourceKey: submission.idempotencyKey ?? null,
    sourceDigest: keys.digest(digestOf(productId, submission)),
    createdAt: context.now(),
  };
  return {
    ...row,
    relevance: relevance({ ...row, votesUp: 0, votesDown: 0 }),
  };
}

async function findEarlier(
  tx: Database,
  keys: ShopKeys,
  review: ReturnType<typeof toRow>,
): Promise<ReviewReceipt> {
  const [earlier] = await tx
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.shopId, review.shopId),
        eq(reviews.source, SOURCE),
        eq(reviews.sourceKey, review.sourceKey ?? ''),
      ),
    );
  if (!earlier || keyedDigest(keys, earlier) !== review.sourceDigest) {
    throw new IdempotencyConflictError();
  }
  return {
    id: earlier.publicId,
    status: earlier.status === 'published' ? 'published' : 'pending',
  };
}
