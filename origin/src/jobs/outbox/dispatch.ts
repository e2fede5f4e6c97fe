/**
 * Works off what is due in the outbox, once. Each row is sent at least once, in order per shop; a
 * row leaves the outbox only when every edge has confirmed it.
 */
import { PURGE_TAGS_MAX, type PurgeRequest } from '@plaudit/contract';
import type { Database } from '../../db/database.ts';
import { backOffMs } from './back-off.ts';
import { claimDueRows, postponeRows, settleRows, type OutboxRow } from './claim-rows.ts';

const ROWS_MAX = 200;

/** What the dispatcher works with. */
export interface DispatchDependencies {
  db: Database;
  now: () => Date;
  /** Tells the edges; throws when one of them did not confirm. */
  send: (purge: PurgeRequest) => Promise<void>;
}

/** What one look at the outbox came to, in rows. */
export interface DispatchOutcome {
  delivered: number;
  postponed: number;
}

/** Sends what is due: shops side by side, the rows of one shop one after the other. */
export async function dispatch(dependencies: DispatchDependencies): Promise<DispatchOutcome> {
  const rows = await claimDueRows(dependencies.db, dependencies.now(), ROWS_MAX);
  const byShop = [...Map.groupBy(rows, (row) => row.shopId).values()];
  const outcomes = await Promise.all(byShop.map((own) => dispatchShop(dependencies, own)));
  return {
    delivered: outcomes.reduce((sum, { delivered }) => sum + delivered, 0),
    postponed: outcomes.reduce((sum, { postponed }) => sum + postponed, 0),
  };
}

/** Stops at the first failure: what comes after it waits with it, or order would be lost. */
async function dispatchShop(
  { db, now, send }: DispatchDependencies,
  rows: readonly OutboxRow[],
): Promise<DispatchOutcome> {
  let delivered = 0;
  for (const group of coalesce(rows)) {
    try {
      await send(group.purge);
    } catch {
      const left = rows.slice(delivered);
      const attempts = Math.max(...left.map((row) => row.attempts));
      const nextAttemptAt = new Date(now().getTime() + backOffMs(attempts));
      await postponeRows(db, idsOf(left), nextAttemptAt);
      return { delivered, postponed: left.length };
    }
    await settleRows(db, idsOf(group.rows), now());
    delivered += group.rows.length;
  }
  return { delivered, postponed: 0 };
}

const idsOf = (rows: readonly OutboxRow[]): number[] => rows.map((row) => row.id);

interface Group {
  rows: OutboxRow[];
  purge: PurgeRequest;
}

/** Neighbouring rows of one mode become one call, as long as it stays within its limit. */
function coalesce(rows: readonly OutboxRow[]): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const tags = [...new Set([...(last?.purge.tags ?? []), ...row.payload.tags])];
    if (last?.purge.mode === row.payload.mode && tags.length <= PURGE_TAGS_MAX) {
      last.rows.push(row);
      last.purge.tags = tags;
    } else {
      groups.push({ rows: [row], purge: { ...row.payload } });
    }
  }
  return groups;
}
