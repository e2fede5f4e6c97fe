/** Steps of saving an order: its lines and its deliveries. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { fulfilments, orderLines } from '../../db/orders-schema.ts';
import { upsertProducts } from '../products/upsert.ts';
import { toFulfilment, type Fulfilment, type ToldFulfilment, type ToldItem } from './order.ts';

/** The order that the parts are of. */
interface Whole {
  id: number;
  shopId: number;
}

/** Our numbers of products by the shop's ids, as `numberProducts` gives them. */
type Numbers = ReadonlyMap<string, number>;

/**
 * Finds the products that an order names; those that are not known yet are made. All of them at once:
 * two orders that make the same ones must not wait for each other.
 */
export const numberProducts = (
  tx: Database,
  shopId: number,
  lines: readonly ToldItem[],
  told: readonly ToldFulfilment[],
): Promise<Numbers> =>
  upsertProducts(
    tx,
    shopId,
    [...told.flatMap(({ items }) => items), ...lines].map(
      ({ productId, title, url, imageUrl }: ToldName) => ({
        externalId: productId,
        title,
        url,
        imageUrl,
      }),
    ),
  );

type ToldName = Pick<ToldItem, 'productId' | 'title' | 'url' | 'imageUrl'>;

/** Replaces the lines. */
export async function writeLines(
  tx: Database,
  { id: orderId, shopId }: Whole,
  items: readonly ToldItem[],
  numbers: Numbers,
): Promise<void> {
  await tx.delete(orderLines).where(eq(orderLines.orderId, orderId));
  if (items.length === 0) return;
  await tx.insert(orderLines).values(
    items.map(({ productId, quantity, totalPrice }) => ({
      shopId,
      orderId,
      productId: numbers.get(productId) ?? 0,
      quantity,
      totalPrice,
    })),
  );
}

/** Adds deliveries, or changes those that are there. */
export async function writeFulfilments(
  tx: Database,
  { id: orderId, shopId }: Whole,
  told: readonly ToldFulfilment[],
  { numbers, now }: { numbers: Numbers; now: Date },
): Promise<Fulfilment[]> {
  if (told.length === 0) return [];
  const distinct = [...new Map(told.map((one) => [one.externalId, one])).values()];
  const rows = await tx
    .insert(fulfilments)
    .values(
      distinct.map(({ items, ...fields }) => ({
        ...fields,
        shopId,
        orderId,
        items: items.map((item) => ({ ...item, productNumber: numbers.get(item.productId) ?? 0 })),
        createdAt: now,
        updatedAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: [fulfilments.orderId, fulfilments.externalId],
      set: {
        fulfilledAt: sql`excluded.fulfilled_at`,
        status: sql`excluded.status`,
        items: sql`excluded.items`,
        updatedAt: now,
      },
    })
    .returning();
  return rows.map(toFulfilment);
}
