/** How a shop groups its products. Visitors are shown none of it. */
import { and, eq, type SQL } from 'drizzle-orm';
import { collections } from '../../db/collections-schema.ts';

/** A collection with all that was told of it. */
export interface Collection {
  /** Stable, and unique over all shops. */
  number: number;
  /** The shop's own id. */
  externalId: string;
  title: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A row as what leaves the domain. */
export const toCollection = (row: typeof collections.$inferSelect): Collection => ({
  number: row.id,
  externalId: row.externalId,
  title: row.title,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** The condition that finds a collection in its shop. */
export const isNumbered = (shopId: number, number: number): SQL | undefined =>
  and(eq(collections.shopId, shopId), eq(collections.id, number));
