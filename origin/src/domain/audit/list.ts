import { and, desc, eq, lt } from 'drizzle-orm';
import { auditActs } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { enterShop } from '../shops/find.ts';

/** An act as it is shown. */
export interface RecordedAct {
  sequence: number;
  at: string;
  actor: string;
  verb: string;
  subject?: string;
  details: Record<string, unknown>;
}

/**
 * A shop's acts, newest first.
 * @param before only those with a smaller number
 * @throws UnknownShopError
 */
export function listActs(
  db: Database,
  appKey: string,
  limit: number,
  before?: number,
): Promise<RecordedAct[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const rows = await tx
      .select()
      .from(auditActs)
      .where(
        and(
          eq(auditActs.shopId, shop.id),
          before === undefined ? undefined : lt(auditActs.sequence, before),
        ),
      )
      .orderBy(desc(auditActs.sequence))
      .limit(limit);
    return rows.map(toRecordedAct);
  });
}

/** A row as it is shown. */
export const toRecordedAct = ({
  sequence,
  at,
  actor,
  verb,
  subject,
  details,
}: typeof auditActs.$inferSelect): RecordedAct => ({
  sequence,
  at: at.toISOString(),
  actor,
  verb,
  ...(subject === null ? {} : { subject }),
  details: JSON.parse(details) as Record<string, unknown>,
});
