import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { foreignReview } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { createMemoryProvider } from '../../../test/vault.ts';
import { createApp } from '../../app.ts';
import { questions } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookEndpoints } from '../../db/webhook-schema.ts';
import { KeysUnavailableError, type KeyProvider } from '../../vault/key-provider.ts';
import type { Context } from '../context.ts';
import { startImport } from '../imports/start.ts';
import { askQuestion } from '../questions/ask.ts';
import { importReviews } from '../reviews/import-batch.ts';
import { readAllReviews } from '../reviews/read-all.ts';
import { submitReview } from '../reviews/submit.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { rotateEndpointSecret } from '../webhooks/change.ts';
import { openSecret } from './sealed.ts';
import { listClearShops, sealClear } from './seal-clear.ts';
import { createVault } from './vault.ts';

const EMAIL = 'canary.mara@example.com';
const submission = { rating: 5, author: 'Mara', email: EMAIL, idempotencyKey: 'once' } as const;
const question = { body: 'Is it warm?', author: 'Mara', email: EMAIL, idempotencyKey: 'once' };
const foreign = foreignReview({ email: EMAIL, sourceKey: 'row:abc:0' });

/** Everything that is in the database, as text. */
async function dump({ db }: Pick<Context, 'db'>): Promise<string> {
  return asSystem(db, async (tx) => {
    const found = await tx.execute(
      sql`select relname as name from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    let text = '';
    for (const { name } of (found as { rows: { name: string }[] }).rows) {
      const rows = await tx.execute(sql`select t::text as line from ${sql.identifier(name)} t`);
      text += JSON.stringify((rows as { rows: unknown[] }).rows);
    }
    return text;
  });
}

async function emailsOf(context: Context, shop: Shop): Promise<(string | null)[]> {
  const emails = [];
  for await (const { email } of readAllReviews(context, shop.id, ['published'], true)) {
    emails.push(email);
  }
  return emails;
}

describeOnEach('addresses and secrets', (fixture) => {
  let context: Context;
  let shop: Shop;
  let secrets: string[] = [];
  const refill = async () => {
    await submitReview(context, 'acme', 'kettle', submission);
    await askQuestion(context, 'acme', 'kettle', question);
    return importReviews(context, shop, 'import:x', [foreign]);
  };

  beforeAll(async () => {
    context = fixture.context;
    shop = await findShop(context.db, 'acme');
    await refill();
    const hook = await addEndpoint(context, 'acme', { url: 'https://hooks.example/', events: [] });
    secrets = [await rotateEndpointSecret(context, 'acme', hook.id), hook.secret];
  });

  test('CR01: are nowhere in the database in clear', async () => {
    const text = await dump(context);
    expect(text).toContain('Mara');
    for (const clear of [EMAIL, ...secrets]) expect(text).not.toContain(clear);
  });

  test('CR02: a plain digest that holds an address is not kept either', async () => {
    const text = await dump(context);
    expect(text).not.toContain(foreign.sourceKey);
    const [review] = await asSystem(context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.source, 'storefront')),
    );
    const parts = [review?.productId, 5, undefined, undefined, 'Mara', EMAIL];
    const plain = JSON.stringify([...parts, undefined, undefined, undefined]);
    expect(review?.sourceDigest).toMatch(/^[\w-]{22}$/);
    expect(text).not.toContain(createHash('sha256').update(plain).digest('base64url'));
  });

  test('come back to who may have them', async () => {
    expect(await emailsOf(context, shop)).toEqual([EMAIL, EMAIL]);
  });

  test('what was written in clear is sealed, and known again', async () => {
    const { db } = context;
    const digests = await asSystem(db, async (tx) => {
      // As it was before there were keys: plain addresses, secrets and digests.
      const clear = { email: EMAIL, emailHash: null, keyVersion: 0 };
      const plain = 'plain-digest';
      await tx
        .update(reviews)
        .set({ ...clear, sourceDigest: plain })
        .where(eq(reviews.source, 'storefront'));
      await tx
        .update(reviews)
        .set({ ...clear, sourceKey: foreign.sourceKey })
        .where(eq(reviews.source, 'import:x'));
      await tx.update(questions).set({ ...clear, sourceDigest: plain });
      const [secret = '', previousSecret = ''] = secrets;
      await tx.update(webhookEndpoints).set({ secret, previousSecret, keyVersion: 0 });
      return plain;
    });
    expect(await listClearShops(db)).toEqual([shop.id]);
    expect(await emailsOf(context, shop)).toEqual([EMAIL, EMAIL]);
    expect(await sealClear(context, shop.id)).toBe(4);
    expect(await sealClear(context, shop.id)).toBe(0);
    expect(await listClearShops(db)).toEqual([]);
    const text = await dump(context);
    for (const clear of [EMAIL, ...secrets, foreign.sourceKey, digests]) {
      expect(text).not.toContain(clear);
    }
    expect(await emailsOf(context, shop)).toEqual([EMAIL, EMAIL]);
    expect(await importReviews(context, shop, 'import:x', [foreign])).toBe(0);
    const keys = await context.vault.keysOf(shop.id);
    const [endpoint] = await asSystem(db, async (tx) => tx.select().from(webhookEndpoints));
    if (!endpoint) throw new Error('There is no endpoint.');
    const opened = [endpoint.secret, endpoint.previousSecret ?? ''];
    expect(opened.map((sealed) => openSecret(keys, endpoint, sealed))).toEqual(secrets);
  });

  test('an import seals first what it must know again', async () => {
    await asSystem(context.db, async (tx) =>
      tx
        .update(reviews)
        .set({ email: EMAIL, emailHash: null, keyVersion: 0, sourceKey: foreign.sourceKey })
        .where(eq(reviews.source, 'import:x')),
    );
    await startImport(context, shop, { source: 'import:x', fileName: 'x', fileDigest: 'x' });
    expect(await importReviews(context, shop, 'import:x', [foreign])).toBe(0);
  });

  test('a retry of what was submitted before there were keys is still one', async () => {
    const again = { ...submission, idempotencyKey: 'twice' };
    const { id } = await submitReview(context, 'acme', 'pan', again);
    const [row] = await asSystem(context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.publicId, id)),
    );
    const { rating, author, email } = again;
    const parts = [row?.productId, rating, undefined, undefined, author, email];
    const plain = JSON.stringify([...parts, undefined, undefined, undefined]);
    const sourceDigest = createHash('sha256').update(plain).digest('base64url');
    await asSystem(context.db, async (tx) =>
      tx
        .update(reviews)
        .set({ email, keyVersion: 0, sourceDigest })
        .where(eq(reviews.publicId, id)),
    );
    expect((await submitReview(context, 'acme', 'pan', again)).id).toBe(id);
  });
});

describeOnEach('a key service that fails', (fixture) => {
  let nowMs = Date.parse('2026-03-01T12:00:00.000Z');
  let failure: KeysUnavailableError | undefined;
  let asked = 0;
  let context: Context;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    const memory = createMemoryProvider();
    const provider: KeyProvider = {
      ...memory,
      unwrapKey: async (...call) => {
        asked += 1;
        if (failure) throw failure;
        return memory.unwrapKey(...call);
      },
    };
    const { db } = fixture.context;
    const vault = createVault(db, () => new Date(nowMs), provider);
    context = { ...fixture.context, vault };
    await createShop(context, { appKey: 'cold', name: 'Cold', autoPublish: true });
    app = createApp({ domain: context, log: pino({ level: 'silent' }) });
  });

  let people = 0;
  const write = (shop = 'acme') =>
    app.request(`/v1/shops/${shop}/products/kettle/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        rating: 5,
        author: 'Mara',
        email: `mara-${(people += 1)}@example.com`,
      }),
    });
  const read = () => app.request('/v1/shops/acme/products/kettle/reviews');

  test('CR03: is asked once for many writes, and again after minutes', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, async () => write()));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(asked).toBe(2);
    nowMs += 5 * 60_000;
    await write();
    expect(asked).toBe(4);
  });

  test('goes unnoticed for an hour where keys are kept; else writes are 503, reads go on', async () => {
    failure = new KeysUnavailableError('no answer');
    nowMs += 10 * 60_000;
    expect((await write()).status).toBe(201);
    const cold = await write('cold');
    expect([cold.status, cold.headers.get('retry-after')]).toEqual([503, '5']);
    nowMs += 60 * 60_000;
    expect((await write()).status).toBe(503);
    expect((await read()).status).toBe(200);
  });

  test('is not asked by each of many writes while it is away', async () => {
    nowMs += 10_000;
    asked = 0;
    for (let n = 0; n < 20; n += 1) await write('cold');
    expect(asked).toBeLessThanOrEqual(2);
  });

  test('comes back without a restart', async () => {
    failure = undefined;
    nowMs += 10_000;
    expect((await write()).status).toBe(201);
    expect((await write('cold')).status).toBe(201);
  });

  test('CR04: that says no is obeyed at once, at the next look', async () => {
    failure = new KeysUnavailableError('disabled', { isRefused: true });
    nowMs += 5 * 60_000;
    expect((await write()).status).toBe(503);
    failure = new KeysUnavailableError('no answer');
    expect((await write()).status).toBe(503);
    expect((await read()).status).toBe(200);
  });
});
