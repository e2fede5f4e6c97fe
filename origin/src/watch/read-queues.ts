import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';
import { auditActs, auditCopies, auditHeads } from '../db/audit-schema.ts';
import { outbox } from '../db/schema.ts';
import { webhookDeliveries } from '../db/webhook-schema.ts';

/** What waits to be told to others. */
export interface Queue {
  name: 'outbox' | 'webhooks' | 'audit';
  waiting: number;
  oldestSeconds: number;
}

/**
 * Reads how much waits, and for how long the oldest has.
 * @param auditTarget names the place that the audit log is copied to, where there is one
 */
export function readQueues(db: Database, now: Date, auditTarget?: string): Promise<Queue[]> {
  // As the columns are written, and as their partial indexes are.
  const at = sql`${now.toISOString()}::timestamptz`;
  const age = sql`coalesce(extract(epoch from ${at} - min(created_at)), 0)::float8`;
  const acts = sql`
    union all
    select 'audit', count(*)::int, coalesce(extract(epoch from ${at} - min(act.at)), 0)::float8
    from ${auditHeads} head
    left join ${auditCopies} copy on copy.shop_id = head.shop_id and copy.target = ${auditTarget}
    join ${auditActs} act on act.shop_id = head.shop_id and act.sequence > coalesce(copy.sequence, 0)
    where head.sequence > coalesce(copy.sequence, 0)`;
  const query = sql`
    select 'outbox' as name, count(*)::int as waiting, ${age} as "oldestSeconds"
    from ${outbox} where delivered_at is null
    union all
    select 'webhooks', count(*)::int, ${age} from ${webhookDeliveries} where state = 'waiting'
    ${auditTarget === undefined ? sql`` : acts}`;
  return asSystem(db, async (tx) => ((await tx.execute(query)) as { rows: Queue[] }).rows);
}
