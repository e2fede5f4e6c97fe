/**
 * Erasures that a restored backup does not know of yet. They are put down in the transaction that restores,
 * in a schema of their own, which no backup holds: whatever ends the process before they are done, they are
 * found by whoever opens the database next.
 */
import { sql, type SQL } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { Erasure } from './erasures-schema.ts';
import { rowsOf } from './rows-of.ts';

const WAITING = sql`plaudit_restore.erasures`;
// By their names in JSON: an older schema has no such columns.
const COLUMNS = sql`id, shop_id as "shopId", email_hash as "emailHash", to_jsonb(known) ->> 'shop_digest' as "shopDigest",
  to_jsonb(known) ->> 'review_id' as "reviewId", to_jsonb(known) ->> 'edit_digest' as "editDigest",
  removes_reviews as "removesReviews", to_json(erased_at) #>> '{}' as "erasedAt"`;
const FORM = sql`(id text, "shopId" bigint, "emailHash" text, "shopDigest" text, "reviewId" text, "editDigest" text, "removesReviews" boolean, "erasedAt" timestamptz)`;

async function hasTable(tx: Database, name: string): Promise<boolean> {
  const [found] = await rowsOf(tx, sql`select 1 where to_regclass(${name}) is not null`);
  return found !== undefined;
}

async function readFrom(tx: Database, table: SQL): Promise<Erasure[]> {
  type Row = Omit<Erasure, 'shopId' | 'erasedAt'> & { shopId: number | string; erasedAt: string };
  const rows = await rowsOf<Row>(
    tx,
    sql`select ${COLUMNS} from ${table} as known order by erased_at, id`,
  );
  return rows.map((row) => ({
    ...row,
    // One driver gives large numbers as text.
    shopId: Number(row.shopId),
    erasedAt: new Date(row.erasedAt),
  }));
}

/** What waits, oldest first. In a transaction of the system. */
export async function readWaiting(tx: Database): Promise<Erasure[]> {
  return (await hasTable(tx, 'plaudit_restore.erasures')) ? readFrom(tx, WAITING) : [];
}

/** All that a database knows of, also one whose schema has no such table. In a transaction of the system. */
export async function readKnown(tx: Database): Promise<Erasure[]> {
  return (await hasTable(tx, 'public.erasures')) ? readFrom(tx, sql`public.erasures`) : [];
}

/** Puts them down in place of those that waited. In a transaction of the system. */
export async function replaceWaiting(tx: Database, waiting: readonly Erasure[]): Promise<void> {
  await clearWaiting(tx);
  if (waiting.length === 0) return;
  await tx.execute(sql`create schema plaudit_restore`);
  await tx.execute(sql`create table ${WAITING} as
    select id, "shopId" as shop_id, "emailHash" as email_hash, "shopDigest" as shop_digest,
      "reviewId" as review_id, "editDigest" as edit_digest, "removesReviews" as removes_reviews, "erasedAt" as erased_at
    from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as row ${FORM}`);
}

/** Nothing waits any more. In a transaction of the system. */
export async function clearWaiting(tx: Database): Promise<void> {
  await tx.execute(sql`drop schema if exists plaudit_restore cascade`);
}
