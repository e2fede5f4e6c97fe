/** Takes in reviews from a file, some hundreds at a time. */
import type {
  Incentive,
  Media,
  Rating,
  Reply,
  ReviewAnswer,
  ReviewStatus,
  Translation,
} from '@plaudit/contract';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { advanceImport, type ImportStep } from '../imports/advance.ts';
import { sealAddress } from '../keys/sealed.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { holdProducts } from '../products/hold-products.ts';
import type { Listed } from '../products/list-of.ts';
import { upsertProducts, type NamedProduct } from '../products/upsert.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import type { Shop } from '../shops/find.ts';
import { keepImportedAnswers } from './keep-answers.ts';
import { newPublicId } from './public-id.ts';
import { relevance } from './relevance.ts';

/** A review from elsewhere. */
export interface ForeignReview {
  product: NamedProduct;
  rating: Rating;
  title?: string | undefined;
  body?: string | undefined;
  author?: string | undefined;
  email?: string | undefined;
  verified: boolean;
  incentivized: boolean;
  incentive?: Incentive | undefined;
  answers?: ReviewAnswer[] | undefined;
  locale?: string | undefined;
  country?: string | undefined;
  status: ReviewStatus;
  media: Media[];
  reply?: Reply | undefined;
  translation?: Translation | undefined;
  votesUp: number;
  votesDown: number;
  createdAt: Date;
  /** Which review of the source it is: a second import of the same one adds nothing. */
  sourceKey: string;
}

/**
 * Adds the reviews that the shop does not have yet, in one transaction.
 * @param source what the keys are unique within, such as `import:judgeme`
 * @param step which rows of which import these are; it is noted in the same transaction
 * @returns how many were added
 * @throws ImportTakenOverError
 */
export async function importReviews(
  { db, now, vault, onOutbox }: Context,
  shop: Shop,
  source: string,
  batch: readonly ForeignReview[],
  step?: ImportStep,
): Promise<number> {
  const keys = await vault.keysOf(shop.id);
  const added = await inShop(db, shop.id, async (tx) => {
    const products = batch.map(({ product }) => product);
    const productIds = await upsertProducts(tx, shop.id, products);
    const held = await holdProducts(tx, [...productIds.values()]);
    const groupOf = (productId: number) => held.get(productId)?.groupId ?? null;
    const origin = { shopId: shop.id, source, keys, importId: step?.import.id ?? 0 };
    const rows = batch.map((review) => {
      const productId = productIds.get(review.product.externalId) ?? 0;
      const isArchived = held.get(productId)?.isArchived ?? false;
      return toRow(review, { productId, groupId: groupOf(productId), isArchived }, origin);
    });
    const inserted = await insertRows(tx, rows);
    const counts = { imported: inserted.length, known: rows.length - inserted.length };
    if (step) await advanceImport(tx, step, counts);
    await keepImportedAnswers(tx, shop, inserted);
    const visible = inserted.filter(({ status }) => status === 'published');
    await adjustRatings(
      tx,
      shop.id,
      visible.map((row) => ({
        ...row,
        locale: row.locale ?? null,
        country: row.country ?? null,
        answers: row.answers ?? null,
        by: 1,
      })),
    );
    if (visible.length > 0) {
      const changed = new Set(visible.map(({ productId }) => productId));
      const seen = [...productIds]
        .filter(([, id]) => changed.has(id))
        .map(([externalId, id]) => ({ externalId, groupId: groupOf(id) }));
      const tags = await reviewTags(tx, shop.appKey, seen);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
    }
    return inserted.length;
  });
  if (added > 0) onOutbox();
  return added;
}

type Row = ReturnType<typeof toRow>;

/** Column, name in the JSON row, type: what an imported review fills. */
const COLUMNS: readonly (readonly [column: string, name: keyof Row, type: string])[] = [
  ['public_id', 'publicId', 'text'],
  ['shop_id', 'shopId', 'bigint'],
  ['product_id', 'productId', 'bigint'],
  ['group_id', 'groupId', 'bigint'],
  ['rating', 'rating', 'smallint'],
  ['title', 'title', 'text'],
  ['body', 'body', 'text'],
  ['author', 'author', 'text'],
  ['email', 'email', 'text'],
  ['email_hash', 'emailHash', 'text'],
  ['key_version', 'keyVersion', 'integer'],
  ['verified', 'verified', 'boolean'],
  ['incentivized', 'incentivized', 'boolean'],
  ['incentive', 'incentive', 'text'],
  ['answers', 'answers', 'jsonb'],
  ['locale', 'locale', 'text'],
  ['country', 'country', 'text'],
  ['status', 'status', 'text'],
  ['archived_with_product', 'archivedWithProduct', 'boolean'],
  ['media', 'media', 'jsonb'],
  ['media_count', 'mediaCount', 'smallint'],
  ['reply', 'reply', 'jsonb'],
  ['translation', 'translation', 'jsonb'],
  ['votes_up', 'votesUp', 'integer'],
  ['votes_down', 'votesDown', 'integer'],
  ['relevance', 'relevance', 'integer'],
  ['source', 'source', 'text'],
  ['source_key', 'sourceKey', 'text'],
  ['import_id', 'importId', 'bigint'],
  ['created_at', 'createdAt', 'timestamptz'],
  ['published_at', 'publishedAt', 'timestamptz'],
];

/** Where all rows of a batch come from. */
interface Origin {
  shopId: number;
  source: string;
  importId: number;
  keys: ShopKeys;
}

/** Named one by one: of rows that all have the same shape, none is looked up in a dictionary. */
function toRow(
  review: ForeignReview,
  listed: Listed & { isArchived: boolean },
  { keys, ...origin }: Origin,
) {
  const { body, verified, votesUp, votesDown, media } = review;
  const publicId = newPublicId();
  // What would be seen of a product that the shop has taken away comes when that comes back.
  const archivedWithProduct = listed.isArchived && review.status === 'published';
  const status = archivedWithProduct ? 'archived' : review.status;
  const mediaCount = media.length;
  const createdAt = review.createdAt.toISOString();
  const address = sealAddress(
    keys,
    { column: 'reviews.email', row: publicId },
    review.email ?? null,
  );
  return {
    publicId,
    shopId: origin.shopId,
    productId: listed.productId,
    groupId: listed.groupId,
    rating: review.rating,
    title: review.title,
    body,
    author: review.author,
    email: address.email,
    emailHash: address.emailHash,
    keyVersion: address.keyVersion,
    verified,
    incentivized: review.incentivized,
    incentive: review.incentive,
    answers: review.answers?.length ? review.answers : undefined,
    locale: review.locale,
    country: review.country,
    status,
    archivedWithProduct,
    media: mediaCount > 0 ? media : undefined,
    mediaCount,
    reply: review.reply,
    translation: review.translation,
    votesUp,
    votesDown,
    relevance: relevance({ body: body ?? null, verified, mediaCount, votesUp, votesDown }),
    source: origin.source,
    // It may be a digest of the whole row, address and all.
    sourceKey: keys.digest(review.sourceKey),
    importId: origin.importId,
    createdAt,
    publishedAt: status === 'published' ? createdAt : undefined,
  };
}

/**
 * One parameter instead of ten thousand: the rows travel as a single JSON document. So do the names of
 * those that were new: a result of many rows takes long to read from the embedded database.
 */
async function insertRows(tx: Database, rows: Row[]): Promise<Row[]> {
  const columns = sql.join(
    COLUMNS.map(([column]) => sql.identifier(column)),
    sql`, `,
  );
  const definitions = sql.join(
    COLUMNS.map(([, name, type]) => sql`${sql.identifier(name)} ${sql.raw(type)}`),
    sql`, `,
  );
  const result = await tx.execute(sql`
    with inserted as (
      insert into ${reviews} (${columns})
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as row (${definitions})
      on conflict (shop_id, source, source_key) do nothing
      returning public_id
    )
    select string_agg(public_id, ' ') as ids from inserted`);
  // Both drivers answer with `rows`; the type they share does not say so.
  const { rows: answer } = result as { rows: { ids: string | null }[] };
  const ids = new Set(answer[0]?.ids?.split(' '));
  return rows.filter(({ publicId }) => ids.has(publicId));
}
