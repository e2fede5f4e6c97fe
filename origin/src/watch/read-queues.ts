import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';
import { outbox } from '../db/schema.ts';
import { webhookDeliveries } from '../db/webhook-schema.ts';

/** What waits to be told to others. */
export interface Queue {
  name: 'outbox' | 'webhooks';
  waiting: number;
  oldestSeconds: number;
}

/** Reads how much waits, and for how long the oldest has. */
export function readQueues(db: Database, now: Date): Promise<Queue[]> {
  // As the columns are written, and as their partial indexes are.
  const at = sql`${now.toISOString()}::timestamptz`;
  const age = sql`coalesce(extract(epoch from ${at} - min(created_at)), 0)::float8`;
  const query = sql`
    select 'outbox' as name, count(*)::int as waiting, ${age} as "oldestSeconds"
    from ${outbox} where delivered_at is null
    union all
    select 'webhooks', count(*)::int, ${age} from ${webhookDeliveries} where state = 'waiting'`;
  return asSystem(db, async (tx) => ((await tx.execute(query)) as { rows: Queue[] }).rows);
}
