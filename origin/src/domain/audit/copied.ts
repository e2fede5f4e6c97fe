/** What of the audit logs is still to be copied to another place, and how far that has come. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { auditActs, auditCopies, auditHeads } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';

/** An act as the log has it. */
export type AuditRow = typeof auditActs.$inferSelect;

/**
 * The next acts that a place does not have, shop by shop, each shop's in its order.
 * @param target names the place
 */
export function listUncopied(db: Database, target: string, limit: number): Promise<AuditRow[]> {
  return asSystem(db, async (tx) => {
    const done = sql`coalesce(${auditCopies.sequence}, 0)`;
    // Only shops that have some are looked into.
    const rows = await tx
      .select({ act: auditActs })
      .from(auditHeads)
      .leftJoin(
        auditCopies,
        and(eq(auditCopies.shopId, auditHeads.shopId), eq(auditCopies.target, target)),
      )
      .innerJoin(
        auditActs,
        and(eq(auditActs.shopId, auditHeads.shopId), gt(auditActs.sequence, done)),
      )
      .where(gt(auditHeads.sequence, done))
      .orderBy(asc(auditActs.shopId), asc(auditActs.sequence))
      .limit(limit);
    return rows.map(({ act }) => act);
  });
}

/** Notes that these are where they belong. */
export async function noteCopied(
  db: Database,
  target: string,
  copied: readonly AuditRow[],
): Promise<void> {
  const last = new Map(copied.map(({ shopId, sequence }) => [shopId, sequence]));
  const rows = [...last].map(([shopId, sequence]) => ({ shopId, target, sequence }));
  await asSystem(db, async (tx) =>
    tx
      .insert(auditCopies)
      .values(rows)
      .onConflictDoUpdate({
        target: [auditCopies.target, auditCopies.shopId],
        // Of two that copy at once, the one that is behind takes nothing back.
        set: { sequence: sql`greatest(${auditCopies.sequence}, excluded.sequence)` },
      }),
  );
}

/** Has all be copied anew, to a place that has lost what it had. */
export async function forgetCopied(db: Database, target: string): Promise<void> {
  await asSystem(db, async (tx) => tx.delete(auditCopies).where(eq(auditCopies.target, target)));
}
