/** A customer as the shop knows them. Never for visitors. */
import type { customers } from '../../db/orders-schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';

/** What is sealed. */
export interface CustomerPerson {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
}

/** What a shop can tell of a customer. */
export interface CustomerFields extends CustomerPerson {
  /** The shop's own id; guests have none. */
  externalId: string | null;
  /** Whether they want advertising by e-mail; null: not said. */
  acceptsMarketing: boolean | null;
}

/** A customer with all that was told of them. */
export interface Customer extends CustomerFields {
  /** Stable, and unique over all shops. */
  number: number;
  createdAt: Date;
  updatedAt: Date;
}

export type CustomerRow = typeof customers.$inferSelect;

const placeOf = (publicId: string) => ({ column: 'customers.sealed', row: publicId }) as const;

/** Opens a row. The keys must be those of its version, or newer. */
export const openCustomer = (keys: ShopKeys, row: CustomerRow): Customer => ({
  ...(JSON.parse(keys.open(placeOf(row.publicId), row.sealed)) as CustomerPerson),
  number: row.id,
  externalId: row.externalId,
  acceptsMarketing: row.acceptsMarketing,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** Seals who a customer is. */
export const sealPerson = (
  keys: ShopKeys,
  publicId: string,
  { email, firstName, lastName }: CustomerPerson,
): Pick<CustomerRow, 'sealed' | 'emailHash' | 'keyVersion'> => ({
  sealed: keys.seal(placeOf(publicId), JSON.stringify({ email, firstName, lastName })),
  emailHash: email === null ? null : keys.addressHash(email),
  keyVersion: keys.version,
});
