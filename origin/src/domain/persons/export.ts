/** Everything that a shop keeps of a person, for that person to have. */
import { asc, inArray } from 'drizzle-orm';
import { answers, type questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { reviews } from '../../db/schema.ts';
import { uploads } from '../../db/uploads-schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { openCustomer } from '../customers/customer.ts';
import { sealClear } from '../keys/seal-clear.ts';
import { openAddress } from '../keys/sealed.ts';
import { findShop } from '../shops/find.ts';
import { readOrders } from '../orders/list.ts';
import { findPerson } from './find.ts';

/** Fields that are the database's own, or the address in the form that it is kept in. */
const OWN_FIELDS = new Set([
  'id',
  'shopId',
  'productId',
  'email',
  'emailHash',
  'keyVersion',
  'sourceDigest',
  'textDigest',
  'editDigest',
  'ratingNegated',
  'helpfulness',
  'relevance',
  'search',
]);

/** What is handed over. Votes and answers are kept without an address, so nobody's can be told. */
export interface PersonExport {
  shop: string;
  email: string;
  reviews: Record<string, unknown>[];
  questions: Record<string, unknown>[];
  /** What the shop has told of them as customers, and of their orders. */
  customers: Record<string, unknown>[];
  orders: Record<string, unknown>[];
  /** Photos of the reviews, in the largest size that is kept, as base64. */
  photos: { id: string; createdAt: string; webp: string }[];
  /** What the shop's webhooks were told of the reviews. */
  webhookPayloads: unknown[];
}

/**
 * Gathers it, and writes down that it was done.
 * @throws UnknownShopError
 * @throws KeysUnavailableError
 */
export async function exportPerson(
  context: Context,
  appKey: string,
  email: string,
): Promise<PersonExport> {
  const { db, vault } = context;
  const shop = await findShop(db, appKey);
  await sealClear(context, shop.id);
  const keys = await vault.keysOf(shop.id);
  return inShop(db, shop.id, async (tx) => {
    const found = await findPerson(tx, shop.id, keys.addressHash(email));
    const photos = await tx
      .select({ id: uploads.publicId, createdAt: uploads.createdAt, large: uploads.large })
      .from(uploads)
      .where(
        inArray(
          uploads.reviewId,
          found.reviews.map(({ row }) => row.id),
        ),
      )
      .orderBy(asc(uploads.id));
    const replies = await tx
      .select({ questionId: answers.questionId, body: answers.body, author: answers.author })
      .from(answers)
      .where(
        inArray(
          answers.questionId,
          found.questions.map(({ row }) => row.id),
        ),
      )
      .orderBy(asc(answers.id));
    const orders = await readOrders(tx, found.orders);
    const details = {
      reviews: found.reviews.length,
      questions: found.questions.length,
      customers: found.customers.length,
      orders: orders.length,
    };
    await recordAct(tx, { shopId: shop.id, verb: 'person.export', details }, context);
    return {
      shop: appKey,
      email,
      reviews: found.reviews.map(({ row, externalId }) =>
        toExport(keys, 'reviews.email', row, externalId),
      ),
      questions: found.questions.map(({ row, externalId }) => ({
        ...toExport(keys, 'questions.email', row, externalId),
        answers: replies
          .filter(({ questionId }) => questionId === row.id)
          .map(({ body, author }) => ({ body, author })),
      })),
      customers: found.customers.map((row) => withoutOwn(openCustomer(keys, row))),
      orders: orders.map(({ open }) => withoutOwn({ ...open(keys), customer: email })),
      photos: photos.map(({ id, createdAt, large }) => ({
        id,
        createdAt: createdAt.toISOString(),
        webp: Buffer.from(large).toString('base64'),
      })),
      webhookPayloads: found.deliveries.map(({ payload }) => JSON.parse(payload) as unknown),
    };
  });
}

const withoutOwn = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'number'));

/** A row as the person may have it: every field but ours, so that a new one is not forgotten. */
function toExport(
  keys: ShopKeys,
  column: 'reviews.email' | 'questions.email',
  row: typeof reviews.$inferSelect | typeof questions.$inferSelect,
  product: string,
): Record<string, unknown> {
  const fields = Object.entries(row).filter(([name]) => !OWN_FIELDS.has(name));
  return {
    product,
    email: openAddress(keys, { column, row: row.publicId }, row),
    ...Object.fromEntries(fields),
  };
}
