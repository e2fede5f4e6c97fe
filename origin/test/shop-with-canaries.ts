/** A shop full of words that stand nowhere else, and everything of it that has an id. */
import { sql } from 'drizzle-orm';
import { addPerson } from '../src/auth/people/add.ts';
import { asSystem } from '../src/db/row-security.ts';
import type { Context } from '../src/domain/context.ts';
import { answerQuestion } from '../src/domain/questions/answer.ts';
import { askQuestion } from '../src/domain/questions/ask.ts';
import { moderateQuestion } from '../src/domain/questions/moderate.ts';
import { createCollection } from '../src/domain/collections/change.ts';
import { placeProduct } from '../src/domain/collections/members.ts';
import { startImport } from '../src/domain/imports/start.ts';
import { createOrder } from '../src/domain/orders/change.ts';
import { createShop } from '../src/domain/shops/create.ts';
import { findShop } from '../src/domain/shops/find.ts';
import { createRowErrorKeeper } from '../src/domain/imports/row-errors.ts';
import { createVariant } from '../src/domain/variants/change.ts';
import { addEndpoint } from '../src/domain/webhooks/add.ts';
import { keepUpload } from '../src/domain/uploads/keep.ts';
import { fillShop } from './compat-shop.ts';
import { TEST_SECRET } from './oauth-origin.ts';

/** What a neighbour could try, and what it must never read. */
export interface CanaryShop {
  appKey: string;
  id: number;
  /** Of reviews, questions, answers, uploads, webhooks, imports, orders; and products. */
  ids: string[];
  productIds: string[];
  person: { email: string; password: string };
}

const rows = async <T>({ db }: Context, query: ReturnType<typeof sql>): Promise<T[]> =>
  asSystem(db, async (tx) => ((await tx.execute(query)) as { rows: T[] }).rows);

/** Makes it. Every text holds `canary-KEY`; what visitors may not see holds `hidden-KEY` as well. */
export async function makeCanaryShop(context: Context, appKey: string): Promise<CanaryShop> {
  const [canary, hidden] = [`canary-${appKey}`, `canary-${appKey} hidden-${appKey}`];
  const known = await findShop(context.db, appKey).catch(() => undefined);
  if (!known) await createShop(context, { appKey, name: canary, autoPublish: true });
  const { id } = await findShop(context.db, appKey);
  const kettle = { externalId: 'kettle', title: canary };
  const own = { externalId: `own-${appKey}`, title: canary };
  const email = `hidden-${appKey}@example.com`;
  const seen = { body: canary, author: canary, email };
  const unseen = { body: hidden, title: hidden, author: hidden, email, status: 'pending' } as const;
  await fillShop(context, appKey, [
    { product: kettle, title: canary, ...seen },
    { product: own, title: canary, ...seen, votesUp: 3 },
    { product: kettle, ...unseen },
    { product: own, ...unseen, status: 'rejected' },
  ]);
  const ids: string[] = [];
  for (const body of [canary, hidden]) {
    const question = await askQuestion(context, appKey, 'kettle', { ...seen, body });
    ids.push(question.id);
    if (body === hidden) continue;
    await moderateQuestion(context, appKey, question.id, 'published');
    const answer = { body: canary, byShop: true } as const;
    ids.push((await answerQuestion(context, appKey, question.id, answer)).id);
  }
  const bytes = Buffer.from(hidden);
  ids.push(await keepUpload(context, appKey, { small: bytes, medium: bytes, large: bytes }));
  const hook = { url: `https://hooks.example/${canary}/hidden-${appKey}`, events: [] };
  ids.push((await addEndpoint(context, appKey, hook)).id);
  await sell(context, appKey, email);
  const subject = { source: 'import:x', fileName: hidden, fileDigest: hidden };
  const started = await startImport(context, await findShop(context.db, appKey), subject);
  const errors = createRowErrorKeeper(context.db, started);
  await errors.add({ row: 1, line: 2, reason: hidden });
  await errors.end();
  ids.push(started.publicId);
  const found = await rows<{ id: string }>(
    context,
    sql`select public_id as id from reviews where shop_id = ${id}`,
  );
  const person = { email: `mara@${appKey}.example`, password: 'a password of tests' };
  await addPerson(context, [TEST_SECRET], appKey, person);
  return {
    appKey,
    id,
    ids: [`order-${appKey}`, ...ids, ...found.map((review) => review.id)],
    productIds: ['kettle', `own-${appKey}`],
    person,
  };
}

/** Gives the shop what a catalogue and a till have: a variant, a collection, an order of a customer. */
async function sell(context: Context, appKey: string, email: string): Promise<void> {
  const [title, product] = [`canary-${appKey}`, { externalId: `own-${appKey}` }];
  await createVariant(context, appKey, product, { externalId: `variant-${appKey}`, title });
  const collection = { externalId: `collection-${appKey}`, title };
  const { number } = await createCollection(context, appKey, collection);
  await placeProduct(context, appKey, number, product, 'in');
  const at = context.now();
  await createOrder(context, appKey, {
    externalId: `order-${appKey}`,
    orderedAt: at,
    name: `hidden-${appKey}`,
    customer: { externalId: `customer-${appKey}`, email, firstName: `hidden-${appKey}` },
    lines: [{ productId: `own-${appKey}`, quantity: 1, totalPrice: 20 }],
    fulfilments: [
      { externalId: `fulfilment-${appKey}`, fulfilledAt: at, status: 'pending', items: [] },
    ],
  });
}

/** A digest of every row that a shop has, to see whether anything in it was changed. */
export async function digestOfShop(context: Context, shopId: number): Promise<unknown> {
  const tables = await rows<{ name: string }>(
    context,
    sql`select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'shop_id' order by table_name`,
  );
  const digests: Record<string, unknown> = {};
  for (const { name } of tables) {
    const table = sql.identifier(name);
    const [digest] = await rows<{ digest: string }>(
      context,
      sql`select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
          from ${table} t where shop_id = ${shopId}`,
    );
    digests[name] = digest?.digest;
  }
  return digests;
}
