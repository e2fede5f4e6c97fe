import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { foreignReview } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { listActs } from '../audit/list.ts';
import type { Context } from '../context.ts';
import { askQuestion } from '../questions/ask.ts';
import { moderateQuestion } from '../questions/moderate.ts';
import { importReviews } from '../reviews/import-batch.ts';
import { submitReview } from '../reviews/submit.ts';
import { createOrder } from '../orders/change.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { keepUpload } from '../uploads/keep.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { erasePerson } from './erase.ts';
import { exportPerson } from './export.ts';

const EMAIL = 'Mara@Example.com';
const NAME = 'Mara Canary';
const photo = Uint8Array.of(7, 7, 7);

/** Everything that is in the database, as text. */
async function dump({ db }: Context): Promise<string> {
  return asSystem(db, async (tx) => {
    const tables = await tx.execute(
      sql`select relname as name from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    let text = '';
    for (const { name } of (tables as { rows: { name: string }[] }).rows) {
      const rows = await tx.execute(sql`select t::text as line from ${sql.identifier(name)} t`);
      text += JSON.stringify((rows as { rows: unknown[] }).rows);
    }
    return text;
  });
}

const countReviews = ({ db }: Context, shop: Shop) =>
  asSystem(db, async (tx) => tx.$count(reviews, eq(reviews.shopId, shop.id)));

describeOnEach('a person', (fixture) => {
  let context: Context;
  let acme: Shop;
  let other: Shop;
  const foreign = foreignReview({ author: NAME, email: 'mara@example.com', sourceKey: 'row:1:0' });

  beforeAll(async () => {
    context = fixture.context;
    await createShop(context, { appKey: 'other', name: 'Other', autoPublish: true });
    acme = await findShop(context.db, 'acme');
    other = await findShop(context.db, 'other');
    for (const shop of [acme, other]) {
      await addEndpoint(context, shop.appKey, { url: 'https://hooks.example/', events: [] });
      const id = await keepUpload(context, shop.appKey, {
        small: photo,
        medium: photo,
        large: photo,
      });
      const person = { author: NAME, email: EMAIL };
      await submitReview(context, shop.appKey, 'lamp', {
        rating: 5,
        body: 'Bright',
        ...person,
        media: [id],
      });
      await submitReview(context, shop.appKey, 'lamp', {
        rating: 2,
        author: 'Ines',
        email: 'ines@example.com',
      });
      const asked = await askQuestion(context, shop.appKey, 'lamp', {
        body: 'How bright?',
        ...person,
      });
      await moderateQuestion(context, shop.appKey, asked.id, 'published');
      await importReviews(context, shop, 'import:x', [foreign]);
      for (const [externalId, email] of [
        ['1001', EMAIL],
        ['1002', 'ines@example.com'],
      ] as const)
        await createOrder(context, shop.appKey, {
          externalId,
          orderedAt: context.now(),
          customer: { email, lastName: 'Canary' },
          lines: [{ productId: 'lamp', quantity: 1, totalPrice: 9 }],
        });
    }
  });

  test('GD01: gets all that one shop keeps of them, and nothing of others', async () => {
    const found = await exportPerson(context, 'acme', ' mara@example.com');
    expect(found.reviews).toMatchObject([
      { product: 'lamp', rating: 5, body: 'Bright', author: NAME, email: 'mara@example.com' },
      { product: 'kettle', author: NAME, email: 'mara@example.com', source: 'import:x' },
    ]);
    expect(found.questions).toMatchObject([{ product: 'lamp', body: 'How bright?', author: NAME }]);
    expect(found.customers).toMatchObject([{ email: 'mara@example.com', lastName: 'Canary' }]);
    expect(found.orders).toMatchObject([{ externalId: '1001', lines: [{ productId: 'lamp' }] }]);
    expect(found.photos.map(({ webp }) => webp)).toEqual([Buffer.from(photo).toString('base64')]);
    expect(found.webhookPayloads).toMatchObject([
      { type: 'review.created', data: { author: NAME } },
      { type: 'review.published', data: { author: NAME } },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/\bines|emailHash|keyVersion|shopId/i);
    const nobody = await exportPerson(context, 'acme', 'nobody@example.com');
    expect([...nobody.reviews, ...nobody.questions, ...nobody.webhookPayloads]).toEqual([]);
  });

  test('GD02: is erased from a shop in one go with the purge, and from no other', async () => {
    const erased = await erasePerson(context, 'acme', EMAIL, { removesReviews: false });
    expect(erased).toEqual({ reviews: 2, questions: 1, customers: 1, orders: 1 });
    const [purge] = await asSystem(context.db, async (tx) =>
      tx
        .select()
        .from(outbox)
        .where(eq(outbox.shopId, acme.id))
        .orderBy(sql`id desc`)
        .limit(1),
    );
    expect(purge?.payload.mode).toBe('hard');
    expect(purge?.payload.tags.filter((tag) => tag.includes('lamp')).length).toBeGreaterThan(1);
    const found = await exportPerson(context, 'acme', EMAIL);
    const left = [found.reviews, found.questions, found.customers, found.orders];
    expect([...left.flat(), ...found.webhookPayloads]).toEqual([]);
    expect(await countReviews(context, acme)).toBe(3);
    expect((await exportPerson(context, 'other', EMAIL)).reviews).toHaveLength(2);
    const ines = await exportPerson(context, 'acme', 'ines@example.com');
    expect([ines.reviews, ines.orders]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  test('does not come back with the file that brought them in', async () => {
    expect(await importReviews(context, acme, 'import:x', [foreign])).toBe(0);
  });

  test('GD02: takes their reviews along where that is wished, and counts stay right', async () => {
    const before = await countReviews(context, other);
    await erasePerson(context, 'other', EMAIL, { removesReviews: true });
    expect(await countReviews(context, other)).toBe(before - 2);
    const sums = await asSystem(context.db, (tx) =>
      tx.execute(
        sql`select n1 + n2 + n3 + n4 + n5 as n from shop_summaries where shop_id = ${other.id}`,
      ),
    );
    expect((sums as { rows: unknown[] }).rows).toEqual([{ n: 1 }]);
    const text = await dump(context);
    expect(text).not.toContain(NAME);
    expect(text).not.toMatch(/mara@example\.com/i);
  });

  test('LG01: each of it is in the audit log, which names nobody', async () => {
    const [last] = await listActs(context.db, 'other', 1);
    const details = { reviews: 2, questions: 1, customers: 1, orders: 1, removesReviews: true };
    expect(last).toMatchObject({ verb: 'person.erase', details });
    const acts = await listActs(context.db, 'acme', 100);
    expect(acts.filter(({ verb }) => verb.startsWith('person.'))).toHaveLength(5);
    expect(JSON.stringify(acts)).not.toMatch(/mara|ines/i);
  });
});
