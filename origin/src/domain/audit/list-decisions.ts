import { and, asc, eq, inArray } from 'drizzle-orm';
import { auditActs } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import type { Verb } from './act.ts';
import { toRecordedAct, type RecordedAct } from './list.ts';

const DECISIONS: Verb[] = ['review.hold', 'review.moderate'];
const ACTS_MAX = 200;

/** What was decided on a review, by rules and by people, in order; the first two hundred at most. */
export async function listDecisions(
  db: Database,
  shopId: number,
  reviewId: string,
): Promise<RecordedAct[]> {
  const rows = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(auditActs)
      .where(
        and(
          eq(auditActs.shopId, shopId),
          eq(auditActs.subject, reviewId),
          inArray(auditActs.verb, DECISIONS),
        ),
      )
      .orderBy(asc(auditActs.sequence))
      .limit(ACTS_MAX),
  );
  return rows.map(toRecordedAct);
}
