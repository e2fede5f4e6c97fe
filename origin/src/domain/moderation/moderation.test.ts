import * as fc from 'fast-check';
import { DEFAULT_SETTINGS, type Rating } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { createApp } from '../../app.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { listDecisions } from '../audit/list-decisions.ts';
import { listActs } from '../audit/list.ts';
import { answerQuestion } from '../questions/answer.ts';
import { askQuestion } from '../questions/ask.ts';
import { listPendingQuestions } from '../questions/list-pending.ts';
import { moderateQuestion } from '../questions/moderate.ts';
import { listQuestions } from '../questions/list.ts';
import { listPendingReviews } from '../reviews/list-pending.ts';
import { publishReview, rejectReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { updateSettings } from '../settings/update.ts';
import { createShop } from '../shops/create.ts';
import { enterShop, findShop } from '../shops/find.ts';
import { readModerationRules } from './read.ts';
import { moderationRules } from './rules.ts';
import { updateModerationRules } from './update.ts';

let people = 0;
const person = () => ({ author: 'Mara', email: `mara-${(people += 1)}@example.com` });

describeOnEach('moderation by rule', (fixture) => {
  const set = (rules: Parameters<typeof moderationRules.parse>[0], appKey = 'acme') =>
    updateModerationRules(fixture.context, appKey, moderationRules.parse(rules));
  const submit = (body: string, rating: Rating = 5, more = {}) =>
    submitReview(fixture.context, 'acme', 'kettle', { rating, body, ...person(), ...more });
  const heldBy = async (publicId: string) => {
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.publicId, publicId)),
    );
    return row?.heldBy;
  };
  const shopId = async () => (await findShop(fixture.context.db, 'acme')).id;

  beforeAll(async () => {
    const form = { questions: [{ id: 'use', kind: 'text', label: 'What for?' } as const] };
    await updateSettings(fixture.context, 'acme', { ...DEFAULT_SETTINGS, form });
    await set({ blocklist: ['casino'] });
  });

  test('LG04: every decision has who made it, why, and under which rules', async () => {
    const { db } = fixture.context;
    const id = await shopId();
    const { version } = await enterShop(db, 'acme', (tx) => readModerationRules(tx, id));
    const held = await submit('A casino, and www.example.org');
    const editor = { ...fixture.context, actor: 'person:7' } as const;
    await publishReview(editor, 'acme', held.id);
    await set({ blocklist: ['casino', 'lottery'] });
    await rejectReview(editor, 'acme', held.id, 'spam');
    const acts = await listDecisions(db, id, held.id);
    expect(acts.map(({ actor, details }) => ({ actor, ...details }))).toEqual([
      { actor: 'system', to: 'pending', reason: 'blocklist links', rules: version },
      { actor: 'person:7', from: 'pending', to: 'published', reason: 'not-given', rules: version },
      { actor: 'person:7', from: 'published', to: 'rejected', reason: 'spam', rules: version + 1 },
    ]);
    const asked = { body: 'Is it a casino?', ...person() };
    const question = await askQuestion(fixture.context, 'acme', 'kettle', asked);
    await moderateQuestion(editor, 'acme', question.id, 'rejected', 'off-topic');
    expect(await listActs(db, 'acme', 2)).toMatchObject([
      { verb: 'question.moderate', details: { reason: 'off-topic', rules: version + 1 } },
      { verb: 'question.hold', actor: 'system', details: { reason: 'all blocklist' } },
    ]);
    await set({ blocklist: ['casino'] });
  });

  test('holds what a rule finds, also in a name and in an answer, and says which', async () => {
    expect(await submit('Boils.')).toMatchObject({ status: 'published' });
    const held = await submit('Better than a Cäsino, see www.example.org');
    expect(held.status).toBe('pending');
    const reasons = [{ rule: 'blocklist', word: 'casino' }, { rule: 'links' }];
    const { db } = fixture.context;
    const pending = await listPendingReviews(db, await shopId(), 10);
    expect(pending.find(({ id }) => id === held.id)?.heldBy).toEqual(reasons);
    const named = await submit('Boils well.', 5, { author: 'The Casino' });
    const answered = await submit('Boils good.', 5, {
      answers: [{ question: 'use', value: 'for the casino' }],
    });
    for (const { id } of [named, answered]) expect(await heldBy(id)).toEqual(reasons.slice(0, 1));
  });

  test('keeps the reasons when the shop has decided', async () => {
    const { id } = await submit('Write to ada@example.com');
    await publishReview(fixture.context, 'acme', id);
    expect(await heldBy(id)).toEqual([{ rule: 'contacts' }]);
  });

  test('GD07: never sees the stars: every rating has the same outcome', async () => {
    const texts = fc.array(fc.constantFrom('casino', 'www.example.org', 'a@b.example', 'fine'), {
      maxLength: 4,
    });
    const two = fc.tuple(fc.constantFrom<Rating>(1, 2), fc.constantFrom<Rating>(3, 4, 5));
    await fc.assert(
      fc.asyncProperty(texts, two, fc.boolean(), async (parts, ratings, autoPublish) => {
        // The second of two would be held for the words of the first.
        await set({ autoPublish, blocklist: ['casino'], holdRepeats: false });
        const outcomes = [];
        for (const rating of ratings) {
          const { id, status } = await submitReview(fixture.context, 'acme', 'rated', {
            rating,
            body: parts.join(' '),
            ...person(),
          });
          outcomes.push([status, await heldBy(id)]);
        }
        expect(outcomes[0]).toEqual(outcomes[1]);
      }),
      { numRuns: 25 },
    );
    await set({ blocklist: ['casino'] });
  });

  test('is private: neither settings nor reviews tell of it', async () => {
    const app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    await submit('casino');
    for (const path of ['settings', 'reviews', 'products/kettle/reviews']) {
      const answer = await app.request(`http://origin/v1/shops/acme/${path}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/casino|blocklist|autoPublish|heldBy/i);
    }
  });

  test('counts versions, writes down who changed them, and touches no other shop', async () => {
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: false });
    const read = (appKey: string) =>
      enterShop(fixture.context.db, appKey, (tx, { id }) => readModerationRules(tx, id));
    const before = await read('acme');
    const versions = await Promise.all([1, 2, 3].map(() => set({ autoPublish: true })));
    expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3].map((n) => before.version + n));
    expect(await read('other')).toMatchObject({ version: 1, rules: { autoPublish: false } });
    const [act] = await listActs(fixture.context.db, 'acme', 1);
    expect(act).toMatchObject({
      verb: 'moderation.update',
      details: { version: before.version + 3 },
    });
    await set({ blocklist: ['casino'] });
  });

  describe('of questions and answers', () => {
    const ask = (body: string) =>
      askQuestion(fixture.context, 'acme', 'lamp', { body, ...person() });
    const list = async () =>
      listQuestions(fixture.context.db, await shopId(), 'lamp', { limit: 100 });

    test('publishes them at once where the shop wants that, with count and purge', async () => {
      await set({ autoPublishQuestions: true, blocklist: ['casino'] });
      const wakes = fixture.wakes;
      const { id, status } = await ask('Is it bright?');
      expect(status).toBe('published');
      expect(fixture.wakes).toBe(wakes + 1);
      const visitor = { body: 'It is.', author: 'Ada', byShop: false };
      expect(await answerQuestion(fixture.context, 'acme', id, visitor)).toMatchObject({ status });
      expect(await list()).toMatchObject({ count: 1, questions: [{ id, answers: [{}] }] });
      const purges = await asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));
      const own = purges.filter(({ payload }) => payload.tags.includes('questions:acme:lamp'));
      expect(own).toHaveLength(2);
    });

    test('holds what a rule finds, never the shop’s own words', async () => {
      const { id } = await ask('Is it for a casino?');
      const open = await ask('Is it warm?');
      const visitor = { body: 'See www.example.org', author: 'Ada', byShop: false };
      const held = await answerQuestion(fixture.context, 'acme', open.id, visitor);
      const own = { body: 'See www.example.org', byShop: true };
      expect((await answerQuestion(fixture.context, 'acme', open.id, own)).status).toBe(
        'published',
      );
      const waiting = await listPendingQuestions(fixture.context.db, await shopId(), 10);
      expect(waiting).toMatchObject([
        { kind: 'question', id, heldBy: [{ rule: 'blocklist', word: 'casino' }] },
        { kind: 'answer', id: held.id, heldBy: [{ rule: 'links' }] },
      ]);
      const rows = await asSystem(fixture.context.db, async (tx) => [
        ...(await tx.select({ heldBy: questions.heldBy }).from(questions)),
        ...(await tx.select({ heldBy: answers.heldBy }).from(answers)),
      ]);
      expect(rows.filter((row) => row.heldBy === null)).toHaveLength(4);
    });
  });
});
