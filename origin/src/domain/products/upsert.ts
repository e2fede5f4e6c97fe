import { ratingShardOf } from '@plaudit/contract';
import { and, eq, sql } from 'drizzle-orm';
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
 * A product of which nothing new is told is read and not written.
 * @returns our id of each, by the shop's
 */
export async function upsertProducts(
  tx: Database,
  shopId: number,
  named: readonly NamedProduct[],
): Promise<Map<string, number>> {
  const distinct = [...new Map(named.map((product) => [product.externalId, product])).values()];
  const known = await findKnown(tx, shopId, distinct);
  const telling = distinct.filter((product) => {
    const stored = known.get(product.externalId);
    return !stored || tellsMore(product, stored);
  });
  const written = await write(tx, shopId, telling);
  return new Map([
    ...[...known].map(([externalId, { id }]) => [externalId, id] as const),
    ...written.map(({ externalId, id }) => [externalId, id] as const),
  ]);
}

type Stored = Pick<typeof products.$inferSelect, 'id' | 'title' | 'url' | 'imageUrl'>;

async function findKnown(
  tx: Database,
  shopId: number,
  named: readonly NamedProduct[],
): Promise<Map<string, Stored>> {
  const { id, externalId, title, url, imageUrl } = products;
  const externalIds = named.map((product) => product.externalId);
  const rows = await tx
    .select({ id, externalId, title, url, imageUrl })
    .from(products)
    .where(and(eq(products.shopId, shopId), sql`${externalId} = any(${sql.param(externalIds)})`));
  return new Map(rows.map((row) => [row.externalId, row]));
}

const tellsMore = (product: NamedProduct, stored: Stored): boolean =>
  (['title', 'url', 'imageUrl'] as const).some(
    (field) => stored[field] === null && product[field] !== undefined,
  );

async function write(
  tx: Database,
  shopId: number,
  named: readonly NamedProduct[],
): Promise<{ id: number; externalId: string }[]> {
  if (named.length === 0) return [];
  return tx
    .insert(products)
    .values(
      named
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
}
