/** Makes what a person wrote in a shop nobody's, or removes it. */
import { randomUUID } from 'node:crypto';
import { questionsTag } from '@plaudit/contract';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { erasures, NOBODY, type Erasure } from '../../db/erasures-schema.ts';
import { questions } from '../../db/questions-schema.ts';
import { customers, orders } from '../../db/orders-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { sealClear } from '../keys/seal-clear.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { findPerson, type PersonRows } from './find.ts';

/** An erasure of a person. */
export type PersonErasure = Erasure & { emailHash: string };

/** How much was erased. */
export interface ErasedCounts {
  reviews: number;
  questions: number;
  customers: number;
  orders: number;
}

/**
 * Takes name and address off a person's reviews and questions, in one transaction with the purge of
 * every cache that shows them. Stars and texts stay and belong to nobody; with `removesReviews` the
 * reviews go as well, with photos and counts. Who bought what is forgotten, orders and all; reviews stay
 * verified. What webhooks were told of them goes either way. What was erased is noted by the keyed hash of
 * the address, so that a restored backup does not bring it back.
 * @throws UnknownShopError
 * @throws KeysUnavailableError
 */
export async function erasePerson(
  context: Context,
  appKey: string,
  email: string,
  { removesReviews }: { removesReviews: boolean },
): Promise<ErasedCounts> {
  const { db, vault, now, onOutbox, onErasure } = context;
  const shop = await findShop(db, appKey);
  await sealClear(context, shop.id);
  const keys = await vault.keysOf(shop.id);
  const about = { shopId: shop.id, emailHash: keys.addressHash(email) };
  const counts = await eraseNoted(context, shop, {
    ...NOBODY,
    id: randomUUID(),
    ...about,
    removesReviews,
    erasedAt: now(),
  });
  onOutbox();
  await onErasure?.();
  return counts;
}

/**
 * Erases, of a shop whose addresses are all sealed, whom a note names, and keeps the note. Whom another
 * process has erased by the same one meanwhile is not looked for again.
 */
export async function eraseNoted(
  context: Context,
  { id: shopId, appKey }: Shop,
  erasure: PersonErasure,
  details: { isReplay?: true } = {},
): Promise<ErasedCounts> {
  const { removesReviews, emailHash } = erasure;
  return inShop(context.db, shopId, async (tx) => {
    const kept = await tx.insert(erasures).values(erasure).onConflictDoNothing().returning();
    if (kept.length === 0) return { reviews: 0, questions: 0, customers: 0, orders: 0 };
    const found = await findPerson(tx, shopId, emailHash);
    const counts = {
      reviews: found.reviews.length,
      questions: found.questions.length,
      customers: found.customers.length,
      orders: found.orders.length,
    };
    const tags = await tagsOf(tx, appKey, found);
    if (removesReviews) await removeReviews(tx, shopId, found);
    else await forgetReviewers(tx, found);
    await forgetAskers(tx, found);
    await removeCustomers(tx, found);
    const deliveries = found.deliveries.map(({ id }) => id);
    await tx.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, deliveries));
    if (tags.length > 0) await enqueuePurge(tx, { shopId, tags, mode: 'hard' }, context.now());
    const act = { shopId, verb: 'person.erase' } as const;
    await recordAct(tx, { ...act, details: { ...counts, removesReviews, ...details } }, context);
    return counts;
  });
}

async function tagsOf(tx: Database, appKey: string, found: PersonRows): Promise<string[]> {
  const reviewed = found.reviews.map(({ row, externalId }) => ({ ...row, externalId }));
  const asked = [...new Set(found.questions.map(({ externalId }) => externalId))];
  const photos: string[] = [];
  const reviewIds = found.reviews.map(({ row }) => row.id);
  photos.push(...(await uploadTags(tx, appKey, reviewIds)));
  return [
    ...(reviewed.length > 0 ? await reviewTags(tx, appKey, reviewed) : []),
    ...asked.map((externalId) => questionsTag(appKey, externalId)),
    ...photos,
  ];
}

/** The key of an imported review stays: it keeps the same file from bringing the name back. */
async function forgetReviewers(tx: Database, { reviews: own }: PersonRows): Promise<void> {
  const nobody = {
    author: null,
    email: null,
    emailHash: null,
    sourceDigest: null,
    editDigest: null,
  };
  const ids = own.map(({ row }) => row.id);
  await tx.update(reviews).set(nobody).where(inArray(reviews.id, ids));
  const submitted = and(inArray(reviews.id, ids), eq(reviews.source, 'storefront'));
  await tx.update(reviews).set({ sourceKey: null }).where(submitted);
}

async function removeReviews(
  tx: Database,
  shopId: number,
  { reviews: own }: PersonRows,
): Promise<void> {
  const visible = own.filter(({ row }) => row.status === 'published');
  await adjustRatings(
    tx,
    shopId,
    visible.map(({ row }) => ({ ...row, by: -1 })),
  );
  const ids = own.map(({ row }) => row.id);
  await tx.delete(reviews).where(inArray(reviews.id, ids));
}

/** Orders take their lines and deliveries along. */
async function removeCustomers(tx: Database, found: PersonRows): Promise<void> {
  const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
  await tx.delete(orders).where(inArray(orders.id, idsOf(found.orders)));
  await tx.delete(customers).where(inArray(customers.id, idsOf(found.customers)));
}

async function forgetAskers(tx: Database, { questions: own }: PersonRows): Promise<void> {
  const nobody = { author: null, email: null, emailHash: null };
  const ids = own.map(({ row }) => row.id);
  await tx
    .update(questions)
    .set({ ...nobody, sourceKey: null, sourceDigest: null })
    .where(inArray(questions.id, ids));
}
