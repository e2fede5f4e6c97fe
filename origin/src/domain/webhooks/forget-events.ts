import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';

/** Removes what was told of reviews, or is still to be, from the delivery log. */
export async function forgetEvents(
  tx: Database,
  shopId: number,
  publicIds: readonly string[],
): Promise<void> {
  const isAbout = inArray(sql`${webhookDeliveries.payload}::jsonb -> 'data' ->> 'id'`, publicIds);
  await tx.delete(webhookDeliveries).where(and(eq(webhookDeliveries.shopId, shopId), isAbout));
}
