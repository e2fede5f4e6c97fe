import { globSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { createAdapter } from '../auth/adapter.ts';
import { createApp } from '../auth/apps/create.ts';
import { addPerson } from '../auth/people/add.ts';
import { createShop } from '../domain/shops/create.ts';
import { enterShop, findShop, type Shop } from '../domain/shops/find.ts';
import { importReviews } from '../domain/reviews/import-batch.ts';
import { answerOnce } from '../domain/requests/answer-once.ts';
import { startImport } from '../domain/imports/start.ts';
import { createProduct } from '../domain/products/change.ts';
import { createCollection } from '../domain/collections/change.ts';
import { placeProduct } from '../domain/collections/members.ts';
import { createVariant } from '../domain/variants/change.ts';
import { createOrder } from '../domain/orders/change.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { keepUpload } from '../domain/uploads/keep.ts';
import { addEndpoint } from '../domain/webhooks/add.ts';
import { claimDeliveries } from '../jobs/webhooks/claim-deliveries.ts';
import { settleDelivery } from '../jobs/webhooks/settle-delivery.ts';
import type { Context } from '../domain/context.ts';
import { updateSettings } from '../domain/settings/update.ts';
import type { Database } from './database.ts';
import { answerQuestion } from '../domain/questions/answer.ts';
import { askQuestion } from '../domain/questions/ask.ts';
import { moderateQuestion } from '../domain/questions/moderate.ts';
import { castVote } from '../domain/votes/cast.ts';
import { asSystem, inShop, SHOP_ROLE } from './row-security.ts';
import * as schema from './schema.ts';
import { topicQuotes } from './topics-schema.ts';

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

/** Notes an attempt of each webhook that is due, so that there are rows of it. */
async function settleWebhooks({ db, now }: Context): Promise<void> {
  const due = await claimDeliveries(db, now(), { total: 10, perEndpoint: 10 }, []);
  const outcome = { status: 200, retryAfterMs: 0, durationMs: 1 };
  for (const one of due) await settleDelivery(db, one, outcome, now(), 0);
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
      const form = { questions: [{ id: 'comfort', kind: 'scale', label: 'Comfort' } as const] };
      await updateSettings(context, shop.appKey, { ...DEFAULT_SETTINGS, form });
      const person = { author: 'Mara', email: 'mara@example.com' };
      const answers = [{ question: 'comfort', value: 4 }];
      const submission = { rating: 5, ...person, answers } as const;
      const hook = { url: 'https://hooks.example/', events: [] };
      await addEndpoint(context, shop.appKey, hook);
      await submitReview(context, shop.appKey, 'kettle', submission);
      const { number } = await createProduct(context, shop.appKey, 'kettle', {
        title: 'Kettle',
        groupName: 'Kettles',
      });
      const variant = { externalId: 'kettle-red', title: 'Red' };
      await createVariant(context, shop.appKey, { number }, variant);
      const grouped = { externalId: 'hot', title: 'Hot' };
      const collection = await createCollection(context, shop.appKey, grouped);
      await placeProduct(context, shop.appKey, collection.number, { number }, 'in');
      await createOrder(context, shop.appKey, {
        externalId: '1001',
        orderedAt: context.now(),
        customer: { email: 'mara@example.com' },
        lines: [{ productId: 'kettle', quantity: 1, totalPrice: 20 }],
        fulfilments: [
          { externalId: 'f', fulfilledAt: context.now(), status: 'success', items: [] },
        ],
      });
      const question = { body: 'Is it warm?', author: 'Mara', email: 'mara@example.com' };
      const { id } = await askQuestion(context, shop.appKey, 'kettle', question);
      await moderateQuestion(context, shop.appKey, id, 'published');
      await answerQuestion(context, shop.appKey, id, { body: 'It is.', byShop: true });
      const vote = { vote: 'up', voter: 'one-voter-of-many' } as const;
      await castVote(context, shop.appKey, { kind: 'question', id }, vote);
      await settleWebhooks(context);
      const { clientId } = await createApp(context, shop.appKey, {
        name: 'An app',
        scopes: [],
        redirectUris: [],
        isPublic: false,
        isShopItself: false,
      });
      await addPerson(context, ['a secret'], shop.appKey, {
        email: 'mara@example.com',
        password: 'a long password',
      });
      const tokens = createAdapter(db, context.now, 'ClientCredentials');
      await tokens.upsert(`a token of ${shop.appKey}`, { clientId }, 60);
      const bytes = Uint8Array.of(1);
      await keepUpload(context, shop.appKey, { small: bytes, medium: bytes, large: bytes });
      const request = { appId: clientId, key: 'a key of one', content: 'x' };
      await answerOnce(context, shop.id, request, () => Promise.resolve('{}'));
      await startImport(context, shop, { source: 'import:x', fileName: 'x', fileDigest: 'x' });
      await importReviews(context, shop, 'import:x', []);
      await inShop(db, shop.id, async (tx) => {
        const [review] = await tx.select().from(schema.reviews).limit(1);
        const { id: reviewId = 0, productId: listId = 0 } = review ?? {};
        const quote = { shopId: shop.id, listId, reviewId, topic: 'lid', quote: 'The lid.' };
        await tx.insert(topicQuotes).values(quote);
      });
    }
  });

  test('covers every table there is, bar none', async () => {
    const rows = await all<{ name: string; isOn: boolean; owner: string }>(
      db,
      sql`select relname as name, relrowsecurity as "isOn", relowner::regrole::text as owner
          from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(tables.toSorted());
    expect(rows.filter(({ isOn, owner }) => !isOn || owner === SHOP_ROLE)).toEqual([]);
  });

  test('binds the role that everything runs under, which has no way around it', async () => {
    const [role] = await all<Record<string, unknown>>(
      db,
      sql`select current_user::text as name, rolsuper, rolbypassrls, rolcreaterole, rolinherit
          from pg_roles where rolname = current_user`,
    );
    const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false };
    expect(role).toEqual({ name: SHOP_ROLE, ...nothing, rolinherit: false });
  });

  test.each(tables)(
    'shows of %s nothing outside a shop, and only its own rows in it',
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

  test('holds for many requests of two shops at the same time on the same connections', async () => {
    const shops = Array.from({ length: 40 }, (_, n) => (n % 2 ? acme : other));
    const seen = await Promise.all(
      shops.map(({ appKey }) => enterShop(db, appKey, (tx) => ownersSeen(tx, 'reviews'))),
    );
    expect(seen).toEqual(shops.map(({ id }) => [id]));
  });

  test('a transaction in one shop cannot go on in another', async () => {
    const change = inShop(db, acme.id, (tx) =>
      inShop(tx, other.id, (own) => ownersSeen(own, 'reviews')),
    );
    await expect(change).rejects.toThrow('cannot change its shop');
  });
});
