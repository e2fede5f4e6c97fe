import type { Rating } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { fillShop } from '../../../test/compat-shop.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { DuplicateReviewError } from '../errors.ts';
import { rejectReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { findShop } from '../shops/find.ts';
import { createShop } from '../shops/create.ts';
import { moderationRules } from './rules.ts';
import { updateModerationRules } from './update.ts';

const TELLING = 'Boils in two minutes, and the lid stays where it belongs.';

describeOnEach('repeated reviews', (fixture) => {
  const submit = (
    product: string,
    email: string,
    body: string,
    more: { rating?: Rating; idempotencyKey?: string; appKey?: string } = {},
  ) => {
    const { appKey = 'acme', ...rest } = more;
    const review = { rating: 4 as const, author: 'Mara', email, body, ...rest };
    return submitReview(fixture.context, appKey, product, review);
  };
  const heldBy = async ({ id }: { id: string }) => {
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.publicId, id)),
    );
    return row?.heldBy?.map(({ rule }) => rule);
  };

  test('a second one of a person waits, of that product only, however the address is spelt', async () => {
    const first = await submit('kettle', 'mara@example.com', 'Boils.');
    expect(first.status).toBe('published');
    const second = await submit('kettle', 'Mara@Example.com', 'Boils still.');
    expect(second.status).toBe('pending');
    expect(await heldBy(second)).toEqual(['repeated-person']);
    expect((await submit('lamp', 'mara@example.com', 'Shines.')).status).toBe('published');
  });

  test('the very same one is refused, whatever its stars and its spelling, and nothing is kept', async () => {
    await submit('pan', 'ada@example.com', 'Nothing sticks to it.');
    const count = async () =>
      (await asSystem(fixture.context.db, async (tx) => tx.select().from(reviews))).length;
    const before = await count();
    for (const rating of [1, 5] as const) {
      const again = submit('pan', 'ada@example.com', '  NOTHING sticks to it', { rating });
      await expect(again).rejects.toThrow(DuplicateReviewError);
    }
    expect(await count()).toBe(before);
  });

  test('UG02: the very same one is known in another form of its letters, and its emoji are kept', async () => {
    const words = 'Très élégant, une merveille 🧶👍🏽 \u{2070E}';
    const first = await submit('wool', 'zoe@example.com', words.normalize('NFC'));
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.publicId, first.id)),
    );
    expect(row?.body).toBe(words.normalize('NFC'));
    const again = submit('wool', 'zoe@example.com', words.normalize('NFD'));
    await expect(again).rejects.toThrow(DuplicateReviewError);
  });

  test('UG02: one whose author passes for the shop waits', async () => {
    const { name } = await findShop(fixture.context.db, 'acme');
    const author = `${name.replace('A', 'А').replace('c', 'с')} Support`;
    const held = await submitReview(fixture.context, 'acme', 'lamp', {
      rating: 5,
      author,
      email: 'fake@example.com',
      body: 'The best there is.',
    });
    expect(await heldBy(held)).toEqual(['imitation']);
  });

  test('twenty of one person at once: one is seen, and none is there twice', async () => {
    const sent = Array.from({ length: 20 }, (_, n) =>
      submit('busy', 'busy@example.com', `Words ${n % 4}.`),
    );
    const outcomes = await Promise.allSettled(sent);
    const kept = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []));
    expect(kept.toSorted()).toEqual(['pending', 'pending', 'pending', 'published']);
  });

  test('a retry under its key is answered as the first try, not as a repeat', async () => {
    const keyed = { idempotencyKey: 'form-12345678' };
    const first = await submit('vase', 'vera@example.com', TELLING.toUpperCase(), keyed);
    const again = await submit('vase', 'vera@example.com', TELLING.toUpperCase(), keyed);
    // The secret of the first try is not kept, so that every answer has one of its own.
    expect(again).toEqual({ ...first, editSecret: again.editSecret });
    expect(again.editSecret).not.toBe(first.editSecret);
  });

  test('the same words of others wait, in the same shop, where they are telling', async () => {
    const words = `${TELLING} My third one.`;
    expect((await submit('kettle', 'a@example.com', words)).status).toBe('published');
    const copied = await submit('lamp', 'b@example.com', `“${words.toUpperCase()}”`);
    expect(await heldBy(copied)).toEqual(['repeated-text']);
    await submit('kettle', 'c@example.com', 'Great kettle!');
    expect((await submit('lamp', 'd@example.com', 'Great kettle!')).status).toBe('published');
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    const elsewhere = await submit('kettle', 'a@example.com', words, { appKey: 'other' });
    expect(elsewhere.status).toBe('published');
  });

  test('ten copies at once: one is seen', async () => {
    const words = `${TELLING} It came at once.`;
    const copies = Array.from({ length: 10 }, (_, n) =>
      submit(`copy-${n}`, `copy-${n}@example.com`, words),
    );
    const statuses = (await Promise.all(copies)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'published')).toHaveLength(1);
  });

  test('what was rejected counts as well', async () => {
    const { id } = await submit('bowl', 'bo@example.com', 'Cracked.');
    await rejectReview(fixture.context, 'acme', id);
    expect(await heldBy(await submit('bowl', 'bo@example.com', 'Whole.'))).toEqual([
      'repeated-person',
    ]);
  });

  test('an import brings what it brings, and a person of an import has spoken', async () => {
    const imported = { product: { externalId: 'jug' }, email: 'jo@example.com', body: TELLING };
    await fillShop(fixture.context, 'acme', [imported, imported]);
    const rows = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.body, TELLING)),
    );
    expect(rows.map(({ status }) => status)).toEqual(['published', 'published']);
    expect(await heldBy(await submit('jug', 'jo@example.com', 'Pours well.'))).toEqual([
      'repeated-person',
    ]);
  });

  test('a shop may let repeats through; the very same one is refused still', async () => {
    const rules = moderationRules.parse({ holdRepeats: false });
    await updateModerationRules(fixture.context, 'acme', rules);
    await submit('fork', 'fay@example.com', 'Sharp.');
    expect((await submit('fork', 'fay@example.com', 'Blunt now.')).status).toBe('published');
    const again = submit('fork', 'fay@example.com', 'Sharp.');
    await expect(again).rejects.toThrow(DuplicateReviewError);
  });
});
