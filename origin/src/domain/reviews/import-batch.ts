/** Takes in reviews from a file, some hundreds at a time. */
import type { Media, Rating, Reply, ReviewStatus } from '@plaudit/contract';
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
import { holdGroups } from '../products/hold-groups.ts';
import type { Listed } from '../products/list-of.ts';
import { upsertProducts, type NamedProduct } from '../products/upsert.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import type { Shop } from '../shops/find.ts';
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
  locale?: string | undefined;
  country?: string | undefined;
  status: ReviewStatus;
  media: Media[];
  reply?: Reply | undefined;
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
    const groupIds = await holdGroups(tx, [...productIds.values()]);
    const origin = { shopId: shop.id, source, keys, importId: step?.import.id ?? 0 };
    const rows = batch.map((review) => {
      const productId = productIds.get(review.product.externalId) ?? 0;
      return toRow(review, { productId, groupId: groupIds.get(productId) ?? null }, origin);
    });
    const inserted = await insertRows(tx, rows);
    const counts = { imported: inserted.length, known: rows.length - inserted.length };
    if (step) await advanceImport(tx, step, counts);
    const visible = inserted.filter(({ status }) => status === 'published');
    await adjustRatings(
      tx,
      shop.id,
      visible.map((row) => ({
        ...row,
        groupId: groupIds.get(row.productId) ?? null,
        answers: null,
        by: 1,
      })),
    );
    if (visible.length > 0) {
      const changed = new Set(visible.map(({ productId }) => productId));
      const seen = [...productIds]
        .filter(([, id]) => changed.has(id))
        .map(([externalId, id]) => ({ externalId, groupId: groupIds.get(id) ?? null }));
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
  ['locale', 'locale', 'text'],
  ['country', 'country', 'text'],
  ['status', 'status', 'text'],
  ['media', 'media', 'jsonb'],
  ['media_count', 'mediaCount', 'smallint'],
  ['reply', 'reply', 'jsonb'],
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

function toRow(review: ForeignReview, listed: Listed, { keys, ...origin }: Origin) {
  const { product: _product, media, createdAt, ...rest } = review;
  const publicId = newPublicId();
  const signals = { ...rest, body: review.body ?? null, mediaCount: media.length };
  return {
    ...rest,
    ...origin,
    publicId,
    ...sealAddress(keys, { column: 'reviews.email', row: publicId }, review.email ?? null),
    // It may be a digest of the whole row, address and all.
    sourceKey: keys.digest(review.sourceKey),
    ...listed,
    media: media.length > 0 ? media : undefined,
    mediaCount: media.length,
    relevance: relevance(signals),
    createdAt: createdAt.toISOString(),
    publishedAt: review.status === 'published' ? createdAt.toISOString() : undefined,
  };
}

/** What a new row changes in the summaries. */
interface InsertedRow {
  productId: number;
  rating: number;
  incentivized: boolean;
  locale: string | null;
  country: string | null;
  status: ReviewStatus;
}

/** One parameter instead of ten thousand: the rows travel as a single JSON document. */
async function insertRows(tx: Database, rows: Row[]): Promise<InsertedRow[]> {
  const columns = sql.join(
    COLUMNS.map(([column]) => sql.identifier(column)),
    sql`, `,
  );
  const definitions = sql.join(
    COLUMNS.map(([, name, type]) => sql`${sql.identifier(name)} ${sql.raw(type)}`),
    sql`, `,
  );
  const result = await tx.execute(sql`
    insert into ${reviews} (${columns})
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${definitions})
    on conflict (shop_id, source, source_key) do nothing
    returning product_id::text as "productId", rating, incentivized, locale, country, status`);
  // Both drivers answer with `rows`; the type they share does not say so. Of big integers one gives
  // numbers and the other text, hence the cast in the query.
  const { rows: inserted } = result as {
    rows: (Omit<InsertedRow, 'productId'> & { productId: string })[];
  };
  return inserted.map((row) => Object.assign(row, { productId: Number(row.productId) }));
}
