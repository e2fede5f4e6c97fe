/** A visitor writes a review. */
import { createHash } from 'node:crypto';
import type { Media, ReviewReceipt, ReviewSubmission } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { IdempotencyConflictError } from '../errors.ts';
import { findPurchase } from '../orders/find-purchase.ts';
import { oldEnoughAt } from '../orders/old-enough.ts';
import { keyedDigest, sealAddress } from '../keys/sealed.ts';
import { digestOfText } from '../moderation/find-repeats.ts';
import { recordHold } from '../moderation/decision.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { holdProduct } from '../products/hold-products.ts';
import { upsertProducts } from '../products/upsert.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { attachUploads } from '../uploads/attach.ts';
import { uploadUrls } from '../uploads/urls.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { checkAnswers } from './check-answers.ts';
import { createEditSecret } from './edit-secret.ts';
import { holdFor, judgeReview } from './judge-review.ts';
import { keepAnswers } from './keep-answers.ts';
import { readConsent } from './read-consent.ts';
import { newPublicId } from './public-id.ts';
import { relevance } from './relevance.ts';

const SOURCE = 'storefront';

/**
 * Keeps a review, and publishes it at once where no rule of the shop holds it. A product that is not known
 * yet is made: shops start to collect reviews before they have told us their catalogue.
 * The same idempotency key with the same review gives the same receipt again, but for its secret, also
 * when both come at the same time.
 * @throws UnknownShopError
 * @throws IdempotencyConflictError
 * @throws DuplicateReviewError
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
  const receipt = await inShop(context.db, shop.id, async (tx): Promise<ReviewReceipt> => {
    const answers = checkAnswers(shop.settings.form, submission.answers);
    const emailHash = keys.addressHash(submission.email);
    await lockAddress(tx, shop.id, emailHash);
    const productIds = await upsertProducts(tx, shop.id, [{ externalId }]);
    const productId = productIds.get(externalId) ?? 0;
    const { groupId, isArchived } = await holdProduct(tx, productId);
    const purchase = await findPurchase(tx, shop.id, emailHash, productId);
    const { version, rules } = await readModerationRules(tx, shop.id);
    const { orderAgeMinDays: days } = rules;
    const verified =
      purchase !== undefined &&
      (days === 0 || oldEnoughAt(purchase.orderedAt, days) <= context.now());
    const row = toRow(context, { shop, keys, verified }, productId, submission);
    const consent = await readConsent(tx, shop.id, submission);
    const written = { ...row, groupId, answers, consent };
    const judged = { ...written, shopName: shop.name };
    const verdict = holdFor(isArchived, await judgeReview(tx, rules, judged, written));
    const { secret: editSecret, digest: editDigest } = createEditSecret();
    const publishedAt = verdict.status === 'published' ? context.now() : null;
    const review = { ...written, ...verdict, publishedAt, editDigest };
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
      const tags = await reviewTags(tx, appKey, [{ externalId, groupId }]);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, context.now());
      await enqueueEvent(tx, { ...event, type: 'review.published' }, context.now());
    }
    const { publicId: subject, heldBy } = review;
    const hold = { shopId: shop.id, verb: 'review.hold', subject, heldBy, version } as const;
    await recordHold(tx, hold, context);
    return { id: review.publicId, status: review.status, editSecret };
  });
  context.onOutbox();
  return receipt;
}

/** The product is part of what was submitted: one key, two products, are two reviews. */
function digestOf(productId: number, submission: ReviewSubmission): string {
  const { rating, title, body, author, email, locale, answers, media, videos = [] } = submission;
  const parts = [productId, rating, title, body, author, email, locale, answers, media, ...videos];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function toRow(
  context: Context,
  { shop, keys, verified }: { shop: Shop; keys: ShopKeys; verified: boolean },
  productId: number,
  submission: ReviewSubmission,
) {
  const media: Media[] = [
    ...(submission.media ?? []).map((id) => ({
      kind: 'photo' as const,
      ...uploadUrls(context, shop.appKey, id),
    })),
    ...(submission.videos ?? []).map((url) => ({ kind: 'video' as const, url })),
  ];
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
    verified,
    incentivized: false,
    source: SOURCE,
    sourceKey: submission.idempotencyKey ?? null,
    sourceDigest: keys.digest(digestOf(productId, submission)),
    textDigest: digestOfText(keys, submission),
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
  review: Pick<ReturnType<typeof toRow>, 'shopId' | 'sourceKey' | 'sourceDigest'>,
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
  // The first answer may never have arrived, and its secret is not kept.
  const { secret, digest } = createEditSecret();
  await tx.update(reviews).set({ editDigest: digest }).where(eq(reviews.id, earlier.id));
  const status = earlier.status === 'published' ? 'published' : 'pending';
  return { id: earlier.publicId, status, editSecret: secret };
}
