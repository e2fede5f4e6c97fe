import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { customers } from '../../db/orders-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { cutPage, type NumberedPage, type NumberedRows } from '../products/list-catalogue.ts';
import { openCustomer, type Customer } from './customer.ts';

/**
 * A page of a shop's customers with their addresses, for the shop.
 * @throws KeysUnavailableError
 */
export async function listCustomers(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  { limit, after = 0, externalIds }: NumberedPage,
): Promise<NumberedRows<Customer>> {
  const rows = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(customers)
      .where(
        and(
          eq(customers.shopId, shopId),
          gt(customers.id, after),
          externalIds && inArray(customers.externalId, [...externalIds]),
        ),
      )
      .orderBy(asc(customers.id))
      .limit(limit + 1),
  );
  const keys = await vault.keysOf(shopId, Math.max(0, ...rows.map((row) => row.keyVersion)));
  return cutPage(
    rows.map((row) => openCustomer(keys, row)),
    limit,
  );
}
