import { SITE_PRODUCT_ID, toStatistics, type ProductRating } from '@plaudit/contract';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, ratingSummaries } from '../../db/schema.ts';
import { SITE_PRODUCT } from '../products/site.ts';
import { toHistograms } from './star-counts.ts';

/** The ratings of the named products, the shop itself among them; those without a published review are left out. */
export function listRatings(
  db: Database,
  shopId: number,
  externalIds: readonly string[],
): Promise<Record<string, ProductRating>> {
  const isNamed = inArray(products.externalId, externalIds.map(toStoredId));
  return inShop(db, shopId, (tx) => readRatings(tx, shopId, isNamed));
}

/** The ratings of every product of one shard. */
export function listRatingShard(
  db: Database,
  shopId: number,
  shard: number,
): Promise<Record<string, ProductRating>> {
  const isInShard = eq(products.ratingShard, shard);
  return inShop(db, shopId, (tx) => readRatings(tx, shopId, isInShard));
}

async function readRatings(
  db: Database,
  shopId: number,
  condition: SQL,
): Promise<Record<string, ProductRating>> {
  const rows = await db
    .select()
    .from(products)
    .innerJoin(ratingSummaries, eq(ratingSummaries.listId, products.listId))
    .where(and(eq(products.shopId, shopId), condition));
  // A product may be called `__proto__`: entries, never assignment.
  return Object.fromEntries(
    rows
      .map(({ products: product, rating_summaries: summary }) => {
        const { average, count } = toStatistics(toHistograms(summary).all);
        return [toShownId(product.externalId), { average, count }] as const;
      })
      .filter(([, { count }]) => count > 0),
  );
}

const toStoredId = (id: string): string => (id === SITE_PRODUCT_ID ? SITE_PRODUCT : id);
const toShownId = (id: string): string => (id === SITE_PRODUCT ? SITE_PRODUCT_ID : id);
