/** A shop that is removed leaves nothing, and other shops do not notice. */
import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { fillEveryTable } from '../../../test/fill-every-table.ts';
import { digestOfShop } from '../../../test/shop-with-canaries.ts';
import { auditActs, auditHeads } from '../../db/audit-schema.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { hashAct } from '../audit/act.ts';
import type { Context } from '../context.ts';
import { UnknownShopError } from '../errors.ts';
import { createShop } from './create.ts';
import { findShop, type Shop } from './find.ts';
import { removeShop, type Removal } from './remove.ts';

/** What stays of a shop, and why: nothing of it names anybody. */
const STAYS: Record<string, string> = {
  audit_acts: 'who did what outlives the shop',
  audit_copies: 'how far that was copied elsewhere',
  audit_heads: 'so does the end of it',
  erasures: 'one row: a restored backup must not bring it back',
  outbox: 'one row: what caches are told to forget',
};

/** How many rows each table has of a shop, by the database's own catalogue. */
const countRows = ({ db }: Context, shopId: number) =>
  asSystem(db, async (tx) => {
    const tables = await rowsOf<{ name: string }>(
      tx,
      sql`select relname as name from pg_class
          where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by relname`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      // A table without such a column fails this: row-level security asks for one of each.
      const owner = sql.identifier(name === 'shops' ? 'id' : 'shop_id');
      const [row] = await rowsOf<{ n: number }>(
        tx,
        sql`select count(*)::int as n from ${sql.identifier(name)} where ${owner} = ${shopId}`,
      );
      counts[name] = row?.n ?? 0;
    }
    return counts;
  });

describeOnEach('a shop that is removed', (fixture) => {
  let context: Context;
  let acme: Shop;
  let other: Shop;
  let before: Record<string, number>;
  let othersBefore: unknown;
  let removal: Removal;

  beforeAll(async () => {
    context = fixture.context;
    await createShop(context, { appKey: 'other', name: 'Other', autoPublish: true });
    acme = await findShop(context.db, 'acme');
    other = await findShop(context.db, 'other');
    for (const shop of [acme, other]) await fillEveryTable(context, shop);
    before = await countRows(context, acme.id);
    other = await findShop(context.db, 'other');
    othersBefore = await digestOfShop(context, other.id);
  });

  test('GD04: is there as a whole where its proof cannot be kept', async () => {
    const onProof = () => Promise.reject(new Error('The disk is full.'));
    await expect(removeShop(context, 'acme', onProof)).rejects.toThrow('The disk is full.');
    expect(await countRows(context, acme.id)).toEqual(before);
  });

  test('GD04: leaves no row in any table, but those that say so', async () => {
    // Every table has some, so that one which is forgotten shows.
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
    removal = await removeShop(context, 'acme');
    const after = await countRows(context, acme.id);
    const left = Object.entries(after).filter(([, rows]) => rows > 0);
    expect(left.map(([name]) => name)).toEqual(Object.keys(STAYS));
    expect(after).toMatchObject({ erasures: 1, outbox: 1 });
    await expect(findShop(context.db, 'acme')).rejects.toThrow(UnknownShopError);
    await expect(removeShop(context, 'acme')).rejects.toThrow(UnknownShopError);
  });

  test('GD04: changes no row of another shop', async () => {
    expect(await digestOfShop(context, other.id)).toEqual(othersBefore);
    expect(await findShop(context.db, 'other')).toEqual(other);
  });

  test('GD04: has every cache forget all of it, at once', async () => {
    const rows = await asSystem(context.db, async (tx) =>
      tx.select().from(outbox).where(eq(outbox.shopId, acme.id)),
    );
    expect(rows).toMatchObject([
      { payload: { tags: ['shop:acme'], mode: 'hard' }, deliveredAt: null },
    ]);
    expect(fixture.wakes).toBeGreaterThan(0);
  });

  test('GD04: leaves a proof of what is gone, which names no person', async () => {
    const { proof, files } = removal;
    const gone = Object.entries(before).filter(([name]) => !name.startsWith('audit_'));
    expect(proof.rows).toEqual(Object.fromEntries(gone));
    expect(proof).toMatchObject({
      appKey: 'acme',
      removedAt: context.now().toISOString(),
      purged: ['shop:acme'],
    });
    expect(proof.keys.map(({ kind }) => kind).toSorted()).toEqual(['index', 'seal']);
    expect(files).toEqual(['acme']);
    expect(JSON.stringify(proof)).not.toMatch(/mara|example\.com|kettle/i);
    const [head] = await asSystem(context.db, async (tx) =>
      tx.select().from(auditHeads).where(eq(auditHeads.shopId, acme.id)),
    );
    expect(proof.audit).toEqual({ sequence: head?.sequence, hash: head?.hash });
  });

  test('LG01: its audit log holds together to the end, which is the removal', async () => {
    const acts = await asSystem(context.db, async (tx) =>
      tx.select().from(auditActs).where(eq(auditActs.shopId, acme.id)).orderBy(auditActs.sequence),
    );
    expect(acts.at(-1)).toMatchObject({ verb: 'shop.remove', subject: 'acme' });
    const [last, previous] = acts.toReversed();
    expect(last && hashAct(previous?.hash ?? '', last)).toBe(last?.hash);
  });

  test('another one may have its key afterwards', async () => {
    expect(await createShop(context, { appKey: 'acme', name: 'New', autoPublish: true })).toBe(
      true,
    );
    expect((await findShop(context.db, 'acme')).id).not.toBe(acme.id);
  });
});
