import { ratingShardOf } from '@plaudit/contract';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products } from '../../db/schema.ts';

/** A product as a shop or a file names it. */
export interface NamedProduct {
  /** The shop's own id. */
  externalId: string;
  title?: string | undefined;
  url?: string | undefined;
  imageUrl?: string | undefined;
}

/**
 * Makes the products that are not there yet; of those that are, only what was unknown is filled in.
 * @returns our id of each, by the shop's
 */
export async function upsertProducts(
  tx: Database,
  shopId: number,
  named: readonly NamedProduct[],
): Promise<Map<string, number>> {
  const distinct = [...new Map(named.map((product) => [product.externalId, product])).values()];
  if (distinct.length === 0) return new Map();
  const rows = await tx
    .insert(products)
    .values(
      distinct
        // In one order, so that two of these at once never wait for each other.
        .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
        .map((product) => ({
          ...product,
          shopId,
          ratingShard: ratingShardOf(product.externalId),
        })),
    )
    .onConflictDoUpdate({
      target: [products.shopId, products.externalId],
      set: {
        title: sql`coalesce(${products.title}, excluded.title)`,
        url: sql`coalesce(${products.url}, excluded.url)`,
        imageUrl: sql`coalesce(${products.imageUrl}, excluded.image_url)`,
      },
    })
    .returning({ id: products.id, externalId: products.externalId });
  return new Map(rows.map((row) => [row.externalId, row.id]));
}
