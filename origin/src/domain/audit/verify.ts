/** Finds out whether an audit log still says what was written down. */
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { auditActs, auditHeads } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { enterShop, type Shop } from '../shops/find.ts';
import { FIRST_HASH, hashAct } from './act.ts';

/** A place in a log: kept elsewhere, it tells later whether the log was written anew up to there. */
export interface AuditMark {
  sequence: number;
  hash: string;
}

/** What was found; without a fault, the log is whole up to `head`. */
export interface AuditReport {
  head: AuditMark;
  fault?: Fault;
}

interface Fault {
  sequence: number;
  kind: AuditFault;
}

/**
 * `changed`: an act, or its place, is not what was written. `missing`: acts are gone from the midst or
 * from the end. `added`: there are acts that the head does not know of. `headless`: the head is gone.
 * `rewritten`: the log holds together, but is not the one that the mark is from.
 */
export type AuditFault = 'changed' | 'missing' | 'added' | 'headless' | 'rewritten';

const PAGE_ROWS = 1000;
const START: AuditMark = { sequence: 0, hash: FIRST_HASH };

/**
 * Reads a log from its first act on, and stops at the first fault.
 * @param mark a place that was noted earlier
 * @throws UnknownShopError
 */
export function verifyActs(db: Database, appKey: string, mark?: AuditMark): Promise<AuditReport> {
  return enterShop(db, appKey, (tx, shop) => verify(tx, shop, mark));
}

async function verify(tx: Database, shop: Shop, mark?: AuditMark): Promise<AuditReport> {
  // One statement: what is added while we read is in neither.
  const [bounds] = await tx
    .select({ head: auditHeads, last: sql<string>`coalesce(max(${auditActs.sequence}), 0)` })
    .from(auditHeads)
    .leftJoin(auditActs, eq(auditActs.shopId, auditHeads.shopId))
    .where(eq(auditHeads.shopId, shop.id))
    .groupBy(auditHeads.shopId);
  if (!bounds) return { head: START, fault: { sequence: 0, kind: 'headless' } };
  const { sequence, hash } = bounds.head;
  const { place, fault } = await follow(readActs(tx, shop.id, sequence), mark);
  const found = fault ?? compareEnds(place, { sequence, hash }, Number(bounds.last), mark);
  return { head: { sequence, hash }, ...(found && { fault: found }) };
}

/** Goes from act to act for as long as each fits the one before it. */
async function follow(
  acts: AsyncIterable<typeof auditActs.$inferSelect>,
  mark?: AuditMark,
): Promise<{ place: AuditMark; fault?: Fault }> {
  let place = START;
  for await (const act of acts) {
    const sequence = place.sequence + 1;
    if (act.sequence !== sequence) return { place, fault: { sequence, kind: 'missing' } };
    const hash = hashAct(place.hash, act);
    if (act.hash !== hash) return { place, fault: { sequence, kind: 'changed' } };
    const isOther = mark?.sequence === sequence && mark.hash !== hash;
    if (isOther) return { place, fault: { sequence, kind: 'rewritten' } };
    place = { sequence, hash };
  }
  return { place };
}

/** The last act that fits against the head, the last act that there is, and the mark. */
function compareEnds(
  place: AuditMark,
  head: AuditMark,
  last: number,
  mark?: AuditMark,
): Fault | undefined {
  if (place.sequence < head.sequence) return { sequence: place.sequence + 1, kind: 'missing' };
  if (place.hash !== head.hash) return { sequence: place.sequence, kind: 'changed' };
  if (last > head.sequence) return { sequence: head.sequence + 1, kind: 'added' };
  const isBehind = mark !== undefined && mark.sequence > head.sequence;
  return isBehind ? { sequence: mark.sequence, kind: 'rewritten' } : undefined;
}

async function* readActs(tx: Database, shopId: number, last: number) {
  for (let done = 0; ;) {
    const page = await tx
      .select()
      .from(auditActs)
      .where(
        and(
          eq(auditActs.shopId, shopId),
          gt(auditActs.sequence, done),
          lte(auditActs.sequence, last),
        ),
      )
      .orderBy(asc(auditActs.sequence))
      .limit(PAGE_ROWS);
    yield* page;
    const end = page.at(-1);
    if (!end || page.length < PAGE_ROWS) return;
    done = end.sequence;
  }
}
