import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { desc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { IdempotencyConflictError, UnknownShopError } from '../errors.ts';
import { listRatings } from '../ratings/list.ts';
import { createShop } from '../shops/create.ts';
import { findShop } from '../shops/find.ts';
import { updateSettings } from '../settings/update.ts';
import { readSettingsVersion } from '../settings/read-version.ts';
import { findManagedReview } from './find-managed.ts';
import { listProductReviews } from './list.ts';
import { submitReview } from './submit.ts';

const submission = {
  rating: 4,
  title: 'Warm',
  body: 'Keeps the tea warm.',
  author: 'Mara',
  email: 'Mara@Example.com',
} as const;

describeOnEach('submitReview', (fixture) => {
  const list = async (product: string) => {
    const { db } = fixture.context;
    return listProductReviews(db, (await findShop(db, 'acme')).id, product, {});
  };

  test('publishes at once where the shop wants that, with summary and purge', async () => {
    const wakes = fixture.wakes;
    const receipt = await submitReview(fixture.context, 'acme', 'kettle', submission);
    expect(receipt).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      status: 'published',
      editSecret: expect.any(String),
    });
    const { summary, reviews: shown } = await list('kettle');
    expect(summary).toMatchObject({ count: 1, average: 4, histogram: [0, 0, 0, 1, 0] });
    expect(shown).toMatchObject([
      { id: receipt.id, title: 'Warm', author: 'Mara', verified: false },
    ]);
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(outbox).orderBy(desc(outbox.id)).limit(1),
    );
    expect(row).toMatchObject({
      kind: 'purge',
      payload: {
        mode: 'soft',
        tags: ['reviews:acme', 'product:acme:kettle', expect.stringMatching(/^ratings:acme:\d+$/)],
      },
    });
    expect(fixture.wakes).toBe(wakes + 1);
  });

  test('GD06: keeps which text its writer was shown, and in which language, though the shop changes it', async () => {
    const { context } = fixture;
    const read = async (id: string) => {
      const { id: shopId } = await findShop(context.db, 'acme');
      return findManagedReview(context, shopId, id, { withEmails: false });
    };
    const form = { consentText: 'We show your name.' };
    const first = await updateSettings(context, 'acme', { ...DEFAULT_SETTINGS, form });
    const later = { ...DEFAULT_SETTINGS, form: { consentText: 'We show your initials.' } };
    await updateSettings(context, 'acme', later);
    const sent = { ...submission, locale: 'de', consentVersion: first.version };
    const { id } = await submitReview(context, 'acme', 'agreed', sent);
    const { consent } = await read(id);
    expect(consent).toEqual({ version: first.version, locale: 'de' });
    const { value } = await readSettingsVersion(context.db, 'acme', 'storefront', first.version);
    expect(value).toMatchObject({ form });
    expect(JSON.stringify(await list('agreed'))).not.toContain('consent');
    // Of what nobody was shown, nothing is kept.
    for (const consentVersion of [1, 999]) {
      const person = { author: `A ${consentVersion}`, email: `a${consentVersion}@example.com` };
      const other = { ...submission, ...person, body: `Of ${consentVersion}`, consentVersion };
      const kept = await submitReview(context, 'acme', 'agreed', other);
      expect(await read(kept.id)).not.toHaveProperty('consent');
    }
  });

  test('never shows the e-mail address', async () => {
    await submitReview(fixture.context, 'acme', 'secretive', submission);
    expect(JSON.stringify(await list('secretive')).toLowerCase()).not.toContain('mara@example.com');
  });

  test('keeps a review back where the merchant decides first', async () => {
    const moderated = { appKey: 'moderated', name: 'Moderated', autoPublish: false };
    await createShop(fixture.context, moderated);
    const receipt = await submitReview(fixture.context, 'moderated', 'kettle', submission);
    expect(receipt.status).toBe('pending');
    const shop = await findShop(fixture.context.db, 'moderated');
    const { db } = fixture.context;
    expect((await listProductReviews(db, shop.id, 'kettle', {})).reviews).toEqual([]);
    expect(await listRatings(db, shop.id, ['kettle'])).toEqual({});
    const purges = await db.select().from(outbox).where(eq(outbox.shopId, shop.id));
    expect(purges).toEqual([]);
  });

  test('refuses an unknown shop', async () => {
    const attempt = submitReview(fixture.context, 'nowhere', 'kettle', submission);
    await expect(attempt).rejects.toThrow(UnknownShopError);
  });

  describe('with an idempotency key', () => {
    const keyed = { ...submission, idempotencyKey: 'form-12345678' };

    test('AP02: twenty submissions at once make one review and one receipt', async () => {
      const receipts = await Promise.all(
        Array.from({ length: 20 }, () => submitReview(fixture.context, 'acme', 'lamp', keyed)),
      );
      expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
      expect((await list('lamp')).summary.count).toBe(1);
    });

    test('another review under the same key is refused, and changes nothing', async () => {
      const other = { ...keyed, body: 'Something else.' };
      const attempt = submitReview(fixture.context, 'acme', 'lamp', other);
      await expect(attempt).rejects.toThrow(IdempotencyConflictError);
      expect((await list('lamp')).summary.count).toBe(1);
    });
  });

  test('GD10: fifty reviews at once on ten products leave every summary right', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        submitReview(fixture.context, 'acme', `busy-${n % 10}`, {
          ...submission,
          email: `busy-${n}@example.com`,
          rating: ((n % 5) + 1) as 1 | 2 | 3 | 4 | 5,
        }),
      ),
    );
    for (let n = 0; n < 10; n++) {
      const { summary, reviews: shown } = await list(`busy-${n}`);
      expect(summary.count).toBe(5);
      const counted = [1, 2, 3, 4, 5].map((star) => shown.filter((r) => r.rating === star).length);
      expect(summary.histogram).toEqual(counted);
    }
  });

  test('keeps the e-mail address in lower case, sealed, and nothing a visitor may not set', async () => {
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).limit(1),
    );
    expect(row).toMatchObject({ verified: false, source: 'storefront', keyVersion: 1 });
    if (!row?.email) throw new Error('There is no address.');
    const keys = await fixture.context.vault.keysOf(row.shopId);
    const place = { column: 'reviews.email', row: row.publicId } as const;
    expect(keys.open(place, row.email)).toBe('mara@example.com');
  });
});
