import { globSync } from 'node:fs';
import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { fillEveryTable } from '../../test/fill-every-table.ts';
import { createShop } from '../domain/shops/create.ts';
import { enterShop, findShop, type Shop } from '../domain/shops/find.ts';
import type { Database } from './database.ts';
import { asSystem, inShop, SHOP_ROLE } from './row-security.ts';
import * as schema from './schema.ts';

/** Every table of every schema file beside this one. */
const schemas = await Promise.all(
  globSync('*schema.ts', { cwd: import.meta.dirname }).map(
    (file) => import(/* @vite-ignore */ `./${file}`) as Promise<Record<string, unknown>>,
  ),
);
const tables = schemas
  .flatMap((module) => Object.values(module))
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table).name);
const ownerColumn = (table: string) => sql.identifier(table === 'shops' ? 'id' : 'shop_id');

async function all<T>(db: Database, query: ReturnType<typeof sql>): Promise<T[]> {
  return ((await db.execute(query)) as { rows: T[] }).rows;
}

/** Which shops' rows a query without any condition sees. */
async function ownersSeen(db: Database, table: string): Promise<number[]> {
  const rows = await all<{ owner: unknown }>(
    db,
    sql`select distinct ${ownerColumn(table)} as owner from ${sql.identifier(table)}`,
  );
  return rows.map(({ owner }) => Number(owner)).toSorted((a, b) => a - b);
}

describeOnEach('row-level security', (fixture) => {
  let acme: Shop;
  let other: Shop;
  let db: Database;

  beforeAll(async () => {
    const { context } = fixture;
    db = context.db;
    await createShop(context, { appKey: 'other', name: 'Other', autoPublish: true });
    acme = await findShop(db, 'acme');
    other = await findShop(db, 'other');
    for (const shop of [acme, other]) {
      await fillEveryTable(context, shop);
    }
  });

  test('TI04: covers every table there is, bar none', async () => {
    const rows = await all<{ name: string; isOn: boolean; owner: string }>(
      db,
      sql`select relname as name, relrowsecurity as "isOn", relowner::regrole::text as owner
          from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(tables.toSorted());
    expect(rows.filter(({ isOn, owner }) => !isOn || owner === SHOP_ROLE)).toEqual([]);
  });

  test('TI04: binds the role that everything runs under, which has no way around it', async () => {
    const [role] = await all<Record<string, unknown>>(
      db,
      sql`select current_user::text as name, rolsuper, rolbypassrls, rolcreaterole, rolinherit
          from pg_roles where rolname = current_user`,
    );
    const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false };
    expect(role).toEqual({ name: SHOP_ROLE, ...nothing, rolinherit: false });
  });

  test.each(tables)(
    'TI04: shows of %s nothing outside a shop, and only its own rows in it',
    async (table) => {
      expect(await asSystem(db, (tx) => ownersSeen(tx, table))).toEqual([acme.id, other.id]);
      expect(await ownersSeen(db, table)).toEqual([]);
      expect(await inShop(db, acme.id, (tx) => ownersSeen(tx, table))).toEqual([acme.id]);
      expect(await enterShop(db, 'other', (tx) => ownersSeen(tx, table))).toEqual([other.id]);
      expect(await ownersSeen(db, table)).toEqual([]);
    },
  );

  test.each(tables)('lets a shop neither take over nor hand over rows of %s', async (table) => {
    const before = await asSystem(db, (tx) => ownersSeen(tx, table));
    const take = inShop(db, acme.id, (tx) =>
      tx.execute(sql`update ${sql.identifier(table)} set ${ownerColumn(table)} = ${other.id}`),
    );
    await expect(take).rejects.toThrow(/Failed query/);
    const name = sql.identifier(table);
    const steal = inShop(db, acme.id, (tx) =>
      tx.execute(sql`insert into ${name} overriding user value
        select * from ${name} where ${ownerColumn(table)} = ${other.id}`),
    );
    await steal.catch(() => {});
    expect(await asSystem(db, (tx) => ownersSeen(tx, table))).toEqual(before);
  });

  test('keeps a shop from deleting what is not its own', async () => {
    await createShop(fixture.context, { appKey: 'short', name: 'Short', autoPublish: true });
    const { id } = await findShop(db, 'short');
    await inShop(db, id, async (tx) => tx.delete(schema.reviews));
    expect(await asSystem(db, (tx) => ownersSeen(tx, 'reviews'))).toEqual([acme.id, other.id]);
  });

  test('TI04: gives that role nothing to own, to become or to make', async () => {
    const rights = await all<Record<string, unknown>>(
      db,
      sql`select has_schema_privilege(${SHOP_ROLE}, 'public', 'create') as "makesTables",
            has_database_privilege(${SHOP_ROLE}, current_database(), 'create') as "makesSchemas",
            (select count(*)::int from pg_class where relowner = ${SHOP_ROLE}::regrole) as owned,
            (select count(*)::int from pg_auth_members where member = ${SHOP_ROLE}::regrole) as roles`,
    );
    expect(rights).toEqual([{ makesTables: false, makesSchemas: false, owned: 0, roles: 0 }]);
    // Whoever signs in as it is no other from then on.
    const become = asSystem(db, async (tx) => {
      await tx.execute(sql`set local session authorization ${sql.identifier(SHOP_ROLE)}`);
      await tx.execute(sql`select set_config('role', 'pg_monitor', true)`);
    });
    await expect(become).rejects.toMatchObject({
      cause: { message: 'permission denied to set role "pg_monitor"' },
    });
  });

  test('TI05: no connection of ten brings a shop along in 10,000 transactions of two shops, broken off or not', async () => {
    const isPooled = '$client' in db && db.$client instanceof Pool;
    const mine = (tx: Database) => ownersSeen(tx, 'shops');
    const kinds: ((shop: Shop) => Promise<unknown>)[] = [
      async (shop) => expect(await inShop(db, shop.id, mine)).toEqual([shop.id]),
      async (shop) => expect(await enterShop(db, shop.appKey, mine)).toEqual([shop.id]),
      async () => expect(await mine(db)).toEqual([]),
      (shop) =>
        expect(inShop(db, shop.id, (tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow(
          'Failed query',
        ),
      (shop) =>
        expect(inShop(db, shop.id, () => Promise.reject(new Error('left')))).rejects.toThrow(
          'left',
        ),
    ];
    // The embedded database has one connection, and no pool to go wrong.
    let left = isPooled ? 10_000 : 1000;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const kind = kinds[left % kinds.length];
        await kind?.(left % 2 === 0 ? acme : other);
      }
    };
    await Promise.all(Array.from({ length: 40 }, worker));
  });

  test('a transaction in one shop cannot go on in another', async () => {
    const change = inShop(db, acme.id, (tx) =>
      inShop(tx, other.id, (own) => ownersSeen(own, 'reviews')),
    );
    await expect(change).rejects.toThrow('cannot change its shop');
  });
});
