/** Removes a shop with everything that belongs to it. There is no way back. */
import { createHash, randomUUID } from 'node:crypto';
import { shopTag } from '@plaudit/contract';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { erasures, NOBODY, type Erasure } from '../../db/erasures-schema.ts';
import { importFiles } from '../../db/exchange-schema.ts';
import { dataKeys } from '../../db/keys-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { shops } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { AuditMark } from '../audit/verify.ts';
import type { Context } from '../context.ts';
import { UnknownShopError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import type { Shop } from './find.ts';

/** What was removed: a document for whoever has to prove it. It names no person. */
export interface RemovalProof {
  appKey: string;
  /** When the shop was made, and when it was removed (RFC 3339, UTC). */
  createdAt: string;
  removedAt: string;
  /** The note that keeps a restored backup from bringing it back. */
  id: string;
  /** Rows that are gone, by table; photos are those of `uploads`. */
  rows: Record<string, number>;
  /** The data keys that are gone, with what they were wrapped by. */
  keys: { kind: string; version: number; wrappedBy: string; createdAt: string }[];
  /** What every cache was told to forget. */
  purged: string[];
  /** The last act of its audit log, which outlives it and names nobody. */
  audit: AuditMark;
}

/** A shop that was removed, and the names of files that waited to be imported into it. */
export interface Removal {
  proof: RemovalProof;
  files: string[];
}

/** What outlives a shop: who did what to it, and how far that was copied elsewhere. */
const KEPT = new Set(['audit_acts', 'audit_copies', 'audit_heads']);

/**
 * Removes all rows of a shop in one transaction: reviews, photos, orders, apps with their tokens, and its
 * wrapped data keys. Every cache is told to forget the shop. Only its audit log stays.
 * @param onProof given the document before anything is committed; what it throws keeps the shop
 * @throws UnknownShopError
 */
export async function removeShop(
  context: Context,
  appKey: string,
  onProof: (proof: RemovalProof) => Promise<void> = () => Promise.resolve(),
): Promise<Removal> {
  const { db, now, onOutbox, onErasure } = context;
  const removal = await asSystem(db, async (tx) => {
    const [shop] = await tx.select().from(shops).where(eq(shops.appKey, appKey)).for('update');
    if (!shop) throw new UnknownShopError(appKey);
    const note = { id: randomUUID(), erasedAt: now() };
    const removed = await removeRows(tx, shop, note, context);
    await onProof(removed.proof);
    return removed;
  });
  onOutbox();
  await onErasure?.();
  return removal;
}

/**
 * Removes a shop again, as a restored backup still held it.
 * @returns whether there was one; false where the number is another shop's
 */
export async function removeShopAgain(context: Context, erasure: Erasure): Promise<boolean> {
  return asSystem(context.db, async (tx) => {
    const own = eq(shops.id, erasure.shopId);
    const [shop] = await tx.select().from(shops).where(own).for('update');
    if (!shop || digestOf(shop) !== erasure.shopDigest) return false;
    await removeRows(tx, shop, erasure, context);
    return true;
  });
}

/** Tells a shop from another one that has its number elsewhere or at another time. */
const digestOf = ({ id, appKey, createdAt }: Shop): string =>
  createHash('sha256')
    .update(JSON.stringify([id, appKey, createdAt.toISOString()]))
    .digest('base64url');

async function removeRows(
  tx: Database,
  shop: Shop,
  { id, erasedAt }: Pick<Erasure, 'id' | 'erasedAt'>,
  context: Context,
): Promise<Removal> {
  const { id: shopId, appKey } = shop;
  const tables = (await listTables(tx)).filter((name) => !KEPT.has(name));
  const keys = await tx.select().from(dataKeys).where(eq(dataKeys.shopId, shopId));
  const files = await tx
    .select({ name: importFiles.publicId })
    .from(importFiles)
    .where(eq(importFiles.shopId, shopId));
  const rows = await clearTables(tx, tables, shopId);
  await tx.delete(shops).where(eq(shops.id, shopId));
  const tags = [shopTag(appKey)];
  await enqueuePurge(tx, { shopId, tags, mode: 'hard' }, context.now());
  const shopDigest = digestOf(shop);
  const note = { ...NOBODY, id, shopId, shopDigest, removesReviews: true, erasedAt };
  await tx.insert(erasures).values(note);
  const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
  const act = { shopId, verb: 'shop.remove', subject: appKey, details: { rows: total } } as const;
  const audit = await recordAct(tx, act, context);
  return {
    proof: {
      appKey,
      createdAt: shop.createdAt.toISOString(),
      removedAt: erasedAt.toISOString(),
      id,
      rows: { ...rows, shops: 1 },
      keys: keys.map(({ kind, version, wrapped, createdAt }) => ({
        kind,
        version,
        wrappedBy: wrapped.split(':').slice(0, 2).join(':'),
        createdAt: createdAt.toISOString(),
      })),
      purged: tags,
      audit,
    },
    files: files.map(({ name }) => name),
  };
}

/** @returns how many rows each had. Nobody adds any meanwhile: they name their shop, which is locked. */
async function clearTables(
  tx: Database,
  tables: readonly string[],
  shopId: number,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const of = (table: string) => sql`${sql.identifier(table)} where shop_id = ${shopId}`;
  // All are counted before one takes rows of another along.
  for (const table of tables) {
    const count = sql`select count(*)::int as n from ${of(table)}`;
    const [found] = await rowsOf<{ n: number }>(tx, count);
    if (found && found.n > 0) counts[table] = found.n;
  }
  for (const table of tables) await tx.execute(sql`delete from ${of(table)}`);
  return counts;
}

/**
 * Every table that has rows of shops, from the database's own catalogue, so that none is forgotten; each
 * before those that its rows point to.
 */
async function listTables(tx: Database): Promise<string[]> {
  const tables = await rowsOf<{ name: string; pointsTo: string[] }>(
    tx,
    sql`select c.relname as name, array(
          select confrelid::regclass::text from pg_constraint
          where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as "pointsTo"
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and a.attname = 'shop_id' and not a.attisdropped
        order by c.relname collate "C"`,
  );
  const ordered: string[] = [];
  for (let left = tables; left.length > 0;) {
    const needed = new Set(left.flatMap(({ pointsTo }) => pointsTo));
    const free = left.filter(({ name }) => !needed.has(name));
    // Those that point to each other in a ring go as they come.
    const next = free.length > 0 ? free : left;
    ordered.push(...next.map(({ name }) => name));
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}
