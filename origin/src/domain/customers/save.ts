import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { inShop } from '../../db/row-security.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { findShop } from '../shops/find.ts';
import { openCustomer, type Customer } from './customer.ts';
import { writeCustomer, type CustomerChange } from './write.ts';

/**
 * Keeps what a shop tells of a customer, who is made where the shop has none of that id or address.
 * @throws UnknownShopError
 * @throws KeysUnavailableError
 */
export async function saveCustomer(
  context: Context,
  appKey: string,
  change: CustomerChange,
): Promise<Customer> {
  const { db, vault, now } = context;
  const shop = await findShop(db, appKey);
  const keys = await vault.keysOf(shop.id);
  return inShop(db, shop.id, async (tx) => {
    if (change.email) await lockAddress(tx, shop.id, keys.addressHash(change.email));
    const row = await writeCustomer(tx, { shopId: shop.id, keys, now: now() }, change);
    const act = { verb: 'customer.change', subject: `${row.id}` } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return openCustomer(keys, row);
  });
}
