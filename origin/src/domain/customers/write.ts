import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { customers } from '../../db/orders-schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Change } from '../products/traded.ts';
import { newPublicId } from '../reviews/public-id.ts';
import { openCustomer, sealPerson, type CustomerFields, type CustomerRow } from './customer.ts';

/** What is told of a customer, with at least an id or an address to know them by. */
export type CustomerChange = Change<CustomerFields>;

/** Where and when it is told. */
export interface Telling {
  shopId: number;
  keys: ShopKeys;
  now: Date;
}

const NOBODY: CustomerFields = {
  externalId: null,
  email: null,
  firstName: null,
  lastName: null,
  acceptsMarketing: null,
};

/**
 * Step of saving customers and orders: makes a customer, or changes the one there is. Who has no id
 * is known by address, until the shop tells an id for that address.
 */
export async function writeCustomer(
  tx: Database,
  telling: Telling,
  change: CustomerChange,
): Promise<CustomerRow> {
  const { shopId, keys, now } = telling;
  const known = await lockKnown(tx, telling, change);
  const fields = { ...(known ? openCustomer(keys, known) : NOBODY), ...told(change) };
  const publicId = known?.publicId ?? newPublicId();
  const row = {
    externalId: fields.externalId,
    acceptsMarketing: fields.acceptsMarketing,
    ...sealPerson(keys, publicId, fields),
    updatedAt: now,
  };
  const [written] = known
    ? await tx.update(customers).set(row).where(eq(customers.id, known.id)).returning()
    : await tx
        .insert(customers)
        .values({ ...row, publicId, shopId, createdAt: now })
        .onConflictDoNothing()
        .returning();
  // Made meanwhile: now it is there to be changed.
  return written ?? writeCustomer(tx, telling, change);
}

/** What was left out is not told; addresses are all kept in one form. */
function told(change: CustomerChange): Partial<CustomerFields> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const fields: Partial<CustomerFields> = Object.fromEntries(entries);
  return fields.email ? { ...fields, email: fields.email.trim().toLowerCase() } : fields;
}

async function lockKnown(
  tx: Database,
  { shopId, keys }: Telling,
  { externalId, email }: CustomerChange,
): Promise<CustomerRow | undefined> {
  const inThisShop = eq(customers.shopId, shopId);
  if (externalId) {
    const byId = and(inThisShop, eq(customers.externalId, externalId));
    const [row] = await tx.select().from(customers).where(byId).for('update');
    if (row) return row;
  }
  if (!email) return undefined;
  const [row] = await tx
    .select()
    .from(customers)
    .where(
      and(
        inThisShop,
        eq(customers.emailHash, keys.addressHash(email)),
        externalId ? isNull(customers.externalId) : undefined,
      ),
    )
    .orderBy(asc(customers.id))
    .limit(1)
    .for('update');
  return row;
}
