/** A shop with rows in every table there is. */
import { createAdapter } from '../src/auth/adapter.ts';
import { createApp } from '../src/auth/apps/create.ts';
import { addPerson } from '../src/auth/people/add.ts';
import { noteCopied } from '../src/domain/audit/copied.ts';
import { auditActs } from '../src/db/audit-schema.ts';
import { topicQuotes } from '../src/db/topics-schema.ts';
import { createCollection } from '../src/domain/collections/change.ts';
import { placeProduct } from '../src/domain/collections/members.ts';
import { createRowErrorKeeper } from '../src/domain/imports/row-errors.ts';
import { startImport } from '../src/domain/imports/start.ts';
import { submitImport } from '../src/domain/imports/submit.ts';
import { createOrder } from '../src/domain/orders/change.ts';
import { erasePerson } from '../src/domain/persons/erase.ts';
import { createProduct } from '../src/domain/products/change.ts';
import { answerQuestion } from '../src/domain/questions/answer.ts';
import { askQuestion } from '../src/domain/questions/ask.ts';
import { moderateQuestion } from '../src/domain/questions/moderate.ts';
import { answerOnce } from '../src/domain/requests/answer-once.ts';
import { importReviews } from '../src/domain/reviews/import-batch.ts';
import { submitReview } from '../src/domain/reviews/submit.ts';
import { updateSettings } from '../src/domain/settings/update.ts';
import { keepUpload } from '../src/domain/uploads/keep.ts';
import { createVariant } from '../src/domain/variants/change.ts';
import { castVote } from '../src/domain/votes/cast.ts';
import { addEndpoint } from '../src/domain/webhooks/add.ts';
import { claimDeliveries } from '../src/jobs/webhooks/claim-deliveries.ts';
import { settleDelivery } from '../src/jobs/webhooks/settle-delivery.ts';
import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { inShop } from '../src/db/row-security.ts';
import * as schema from '../src/db/schema.ts';
import type { Context } from '../src/domain/context.ts';
import type { Shop } from '../src/domain/shops/find.ts';

/** Notes an attempt of each webhook that is due, so that there are rows of it. */
async function settleWebhooks({ db, now }: Context): Promise<void> {
  const due = await claimDeliveries(db, now(), { total: 10, perEndpoint: 10 }, []);
  const outcome = { status: 200, retryAfterMs: 0, durationMs: 1 };
  for (const one of due) await settleDelivery(db, one, outcome, now(), 0);
}

/** Fills each of them; a table that is added belongs here as well. */
export async function fillEveryTable(context: Context, shop: Shop): Promise<void> {
  const { db } = context;
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
    fulfilments: [{ externalId: 'f', fulfilledAt: context.now(), status: 'success', items: [] }],
  });
  const question = { body: 'Is it warm?', author: 'Mara', email: 'mara@example.com' };
  const { id } = await askQuestion(context, shop.appKey, 'kettle', question);
  await moderateQuestion(context, shop.appKey, id, 'published');
  await answerQuestion(context, shop.appKey, id, { body: 'It is.', byShop: true });
  const vote = { vote: 'up', voter: 'one-voter-of-many' } as const;
  await castVote(context, shop.appKey, { kind: 'question', id }, vote);
  await settleWebhooks(context);
  await erasePerson(context, shop.appKey, 'gone@example.com', { removesReviews: false });
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
  const subject = { source: 'import:x', fileName: 'x', fileDigest: 'x' };
  const started = await startImport(context, shop, subject);
  await submitImport(context, shop, subject, { name: shop.appKey, key: 'x', plan: {} });
  const errors = createRowErrorKeeper(context.db, started);
  await errors.add({ row: 1, line: 2, reason: 'has no rating' });
  await errors.end();
  await importReviews(context, shop, 'import:x', []);
  const acts = await inShop(db, shop.id, async (tx) => tx.select().from(auditActs).limit(1));
  await noteCopied(db, 'a place', acts);
  await inShop(db, shop.id, async (tx) => {
    const [review] = await tx.select().from(schema.reviews).limit(1);
    const { id: reviewId = 0, productId: listId = 0 } = review ?? {};
    const quote = { shopId: shop.id, listId, reviewId, topic: 'lid', quote: 'The lid.' };
    await tx.insert(topicQuotes).values(quote);
  });
}
