/**
 * The table of groups of products. The migration that makes it is written by hand
 * (`migrations/0111_groups.sql`).
 */
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });

/** Products of one group share their reviews. A group that no product is in any more stays as a name. */
export const productGroups = pgTable('product_groups', {
  /** Negative, so that it is never a product's. */
  id: number().primaryKey().generatedAlwaysAsIdentity({ increment: -1 }),
  shopId: number().notNull(),
  name: text().notNull(),
});
