import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { foreignReview } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { createMemoryProvider } from '../../../test/vault.ts';
import { dataKeys } from '../../db/keys-schema.ts';
import { questions } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookEndpoints } from '../../db/webhook-schema.ts';
import type { KeyProvider } from '../../vault/key-provider.ts';
import { listActs } from '../audit/list.ts';
import type { Context } from '../context.ts';
import { askQuestion } from '../questions/ask.ts';
import { importReviews } from '../reviews/import-batch.ts';
import { readAllReviews } from '../reviews/read-all.ts';
import { submitReview } from '../reviews/submit.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { rotateEndpointSecret } from '../webhooks/change.ts';
import { listKeys } from './list.ts';
import { listRotatingShops, resealShop } from './reseal.ts';
import { rewrapKeys } from './rewrap.ts';
import { rotateKeys } from './rotate.ts';
import { openSecret } from './sealed.ts';
import { createVault, KEEP_MS } from './vault.ts';

/** More than are sealed in one transaction. */
const COUNT = 700;
const HOUR_MS = 60 * 60_000;
const emailOf = (n: number): string => `mara.${n}@example.com`;

describeOnEach('data keys', (fixture) => {
  let nowMs = Date.UTC(2026, 2, 1);
  let provider: KeyProvider;
  let context: Context;
  let shop: Shop;
  let secrets: string[] = [];

  /** As another process has them: it knows of no rotation yet. */
  const openAnother = (): Context => ({
    ...fixture.context,
    now: () => new Date(nowMs),
    vault: createVault(fixture.context.db, () => new Date(nowMs), {
      makeKey: (purpose) => provider.makeKey(purpose),
      wrapKey: (key, purpose) => provider.wrapKey(key, purpose),
      unwrapKey: (wrapped, purpose) => provider.unwrapKey(wrapped, purpose),
    }),
  });

  beforeAll(async () => {
    provider = createMemoryProvider();
    context = openAnother();
    shop = await findShop(context.db, 'acme');
    const foreign = Array.from({ length: COUNT }, (_, n) =>
      foreignReview({ email: emailOf(n), sourceKey: `row:${n}` }),
    );
    await importReviews(context, shop, 'test', foreign);
    await askQuestion(context, 'acme', 'kettle', {
      body: 'Is it warm?',
      author: 'Mara',
      email: emailOf(0),
      idempotencyKey: 'once',
    });
    const hook = await addEndpoint(context, 'acme', { url: 'https://hooks.example/', events: [] });
    secrets = [await rotateEndpointSecret(context, 'acme', hook.id), hook.secret];
  });

  async function expectAllOpen(reader: Context): Promise<void> {
    const emails = new Set<string | null>();
    for await (const { email } of readAllReviews(reader, shop.id, ['published'], true)) {
      emails.add(email);
    }
    const wanted = Array.from({ length: COUNT }, (_, n) => emailOf(n));
    expect(wanted.filter((email) => !emails.has(email))).toEqual([]);
    const [endpoint] = await asSystem(reader.db, async (tx) => tx.select().from(webhookEndpoints));
    if (!endpoint) throw new Error('There is no endpoint.');
    const keys = await reader.vault.keysOf(shop.id, endpoint.keyVersion);
    const opened = [endpoint.secret, endpoint.previousSecret ?? ''];
    expect(opened.map((sealed) => openSecret(keys, endpoint, sealed))).toEqual(secrets);
  }

  /** Which keys have sealed what there is. */
  async function sealedBy(): Promise<number[]> {
    const rows = await asSystem(context.db, async (tx) => [
      ...(await tx.select({ version: reviews.keyVersion, text: reviews.email }).from(reviews)),
      ...(await tx
        .select({ version: questions.keyVersion, text: questions.email })
        .from(questions)),
      ...(await tx
        .select({ version: webhookEndpoints.keyVersion, text: webhookEndpoints.secret })
        .from(webhookEndpoints)),
    ]);
    for (const { version, text } of rows) expect(text).toMatch(new RegExp(`^v${version}\\.`));
    return [...new Set(rows.map(({ version }) => version))].toSorted((a, b) => a - b);
  }

  test('CR05: a new one seals everything anew, also when it is killed in the middle', async () => {
    const other = openAnother();
    await expectAllOpen(other);
    expect(await rotateKeys(context, 'acme')).toEqual({ shopId: shop.id, version: 2, isNew: true });
    const killing = resealShop(context, shop.id, () => {
      throw new Error('killed');
    });
    await expect(killing).rejects.toThrow('killed');
    expect(await sealedBy()).toEqual([1, 2]);
    // Half is sealed by each; whoever has only the key before finds the new one.
    await expectAllOpen(context);
    await expectAllOpen(other);
    // The same command again goes on.
    expect(await rotateKeys(context, 'acme')).toMatchObject({ version: 2, isNew: false });
    expect(await resealShop(context, shop.id)).toBeGreaterThan(0);
    expect(await sealedBy()).toEqual([2]);
    await expectAllOpen(openAnother());
    expect(
      await importReviews(context, shop, 'test', [foreignReview({ sourceKey: 'row:5' })]),
    ).toBe(0);
  });

  test('what another process still seals with the key before is sealed anew later', async () => {
    await settle();
    const other = openAnother();
    await other.vault.keysOf(shop.id);
    expect(await rotateKeys(context, 'acme')).toMatchObject({ version: 3, isNew: true });
    await resealShop(context, shop.id);
    await submitReview(other, 'acme', 'kettle', {
      rating: 5,
      author: 'Late',
      email: 'l@example.com',
    });
    expect(await sealedBy()).toEqual([2, 3]);
    expect(await listRotatingShops(context.db)).toEqual([shop.id]);
    expect(await resealShop(context, shop.id)).toBe(1);
    expect(await sealedBy()).toEqual([3]);
    // Not settled while such a process may still run.
    expect(await resealShop(context, shop.id)).toBe(0);
    expect(await listRotatingShops(context.db)).toEqual([shop.id]);
    await settle();
  });

  /** Lets so much time pass that nobody has the key before any more. */
  async function settle(): Promise<void> {
    nowMs += 2 * KEEP_MS + HOUR_MS;
    expect(await resealShop(context, shop.id)).toBe(0);
    expect(await listRotatingShops(context.db)).toEqual([]);
  }

  test('of two rotations at once one makes a key', async () => {
    const both = await Promise.all([
      rotateKeys(context, 'acme'),
      rotateKeys(openAnother(), 'acme'),
    ]);
    expect(both.map(({ version }) => version)).toEqual([4, 4]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test('CR06: are wrapped anew by what wraps now, and what wrapped them may go', async () => {
    await resealShop(context, shop.id);
    const before = provider;
    const now = createMarkedProvider();
    provider = {
      ...now,
      unwrapKey: (wrapped, purpose) =>
        (wrapped.startsWith('now:') ? now : before).unwrapKey(wrapped, purpose),
    };
    const count = await rewrapKeys(context, 'acme');
    expect(count).toBe(5);
    expect(await rewrapKeys(context, 'acme')).toBe(count);
    provider = now;
    const keys = await listKeys(context.db, shop.id);
    expect(keys.filter(({ wrapped }) => wrapped.startsWith('now:'))).toHaveLength(count);
    await expectAllOpen(openAnother());
  });

  function createMarkedProvider(): KeyProvider {
    const inner = createMemoryProvider();
    const wrapKey: KeyProvider['wrapKey'] = async (key, purpose) =>
      `now:${await inner.wrapKey(key, purpose)}`;
    return {
      wrapKey,
      makeKey: async (purpose) => {
        const { key } = await inner.makeKey(purpose);
        return { key, wrapped: await wrapKey(key, purpose) };
      },
      unwrapKey: (wrapped, purpose) => inner.unwrapKey(wrapped.replace(/^now:/, ''), purpose),
    };
  }

  test('are written down in the audit log', async () => {
    const acts = await listActs(context.db, 'acme', 100);
    const own = acts.filter(({ verb }) => verb.startsWith('keys.'));
    expect(own.map(({ verb, subject }) => `${verb} ${subject ?? ''}`.trim())).toEqual([
      'keys.rewrap',
      'keys.rewrap',
      'keys.rotate 4',
      'keys.rotate 3',
      'keys.rotate 2',
    ]);
    const [first] = await asSystem(context.db, async (tx) =>
      tx
        .select()
        .from(dataKeys)
        .where(and(eq(dataKeys.kind, 'seal'), eq(dataKeys.version, 1))),
    );
    expect(first?.wrapped).toMatch(/^now:/);
  });
});
