import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';

/**
 * Lets what happens about one address in one shop happen one after the other, until the transaction
 * ends: of a review and an order that come at the same time, the later one sees the other. Rows of
 * orders are locked before it, all others after it.
 */
export async function lockAddress(tx: Database, shopId: number, emailHash: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${emailHash}, ${shopId}::bigint))`,
  );
}
