import type { Vote } from '@plaudit/contract';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { votes } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { UnknownReviewError, UnknownSubjectError } from '../errors.ts';
import { answerQuestion } from '../questions/answer.ts';
import { askQuestion } from '../questions/ask.ts';
import { listQuestions } from '../questions/list.ts';
import { moderateQuestion } from '../questions/moderate.ts';
import { listProductReviews } from '../reviews/list.ts';
import { rejectReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { findShop } from '../shops/find.ts';
import { castVote } from './cast.ts';

const review = { rating: 3, author: 'Mara', email: 'mara@example.com' } as const;
const voterOf = (n: number) => `a-visitor-number-${n}`;

describeOnEach('castVote', (fixture) => {
  const write = async (product: string, more = {}) =>
    (await submitReview(fixture.context, 'acme', product, { ...review, ...more })).id;
  const vote = (id: string, n: number, choice: Vote = 'up') =>
    castVote(fixture.context, 'acme', { kind: 'review', id }, { vote: choice, voter: voterOf(n) });
  const list = async (product: string, query = {}) => {
    const { db } = fixture.context;
    return listProductReviews(db, (await findShop(db, 'acme')).id, product, query);
  };
  const rows = async () => asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));

  test('counts a visitor once, and lets it change its mind and take the vote back', async () => {
    const id = await write('kettle');
    expect(await vote(id, 1)).toEqual({ vote: 'up', helpful: { up: 1, down: 0 } });
    const purges = (await rows()).length;
    expect((await vote(id, 1)).helpful).toEqual({ up: 1, down: 0 });
    expect(await rows()).toHaveLength(purges);
    expect((await vote(id, 2)).helpful).toEqual({ up: 2, down: 0 });
    expect((await vote(id, 1, 'down')).helpful).toEqual({ up: 1, down: 1 });
    expect((await vote(id, 1, 'none')).helpful).toEqual({ up: 1, down: 0 });
    expect((await vote(id, 1, 'none')).helpful).toEqual({ up: 1, down: 0 });
    expect((await list('kettle')).reviews[0]?.helpful).toEqual({ up: 1, down: 0 });
    expect((await rows()).at(-1)?.payload).toEqual({
      tags: ['product:acme:kettle', 'reviews:acme'],
      mode: 'soft',
    });
  });

  test('counts forty votes at once of twenty visitors exactly', async () => {
    const id = await write('busy');
    const choices = Array.from({ length: 40 }, (_, n) => vote(id, n % 20, n < 30 ? 'up' : 'down'));
    await Promise.all(choices);
    await Promise.all(Array.from({ length: 20 }, (_, n) => vote(id, n, n < 15 ? 'up' : 'down')));
    expect((await list('busy')).reviews[0]?.helpful).toEqual({ up: 15, down: 5 });
  });

  test('moves a review in the orders that votes decide', async () => {
    const [first, second] = [
      await write('order'),
      await write('order', { email: 'b@example.com' }),
    ];
    for (const sort of ['helpful', 'relevant'] as const) {
      expect((await list('order', { sort })).reviews.map(({ id }) => id)).toEqual([second, first]);
    }
    await vote(first, 1);
    for (const sort of ['helpful', 'relevant'] as const) {
      expect((await list('order', { sort })).reviews.map(({ id }) => id)).toEqual([first, second]);
    }
  });

  test('takes votes on questions and answers too', async () => {
    const { context } = fixture;
    const asked = { body: 'Is it warm?', author: 'Ada', email: 'ada@example.com' };
    const { id } = await askQuestion(context, 'acme', 'lamp', asked);
    await moderateQuestion(context, 'acme', id, 'published');
    const answer = await answerQuestion(context, 'acme', id, { body: 'Yes.', byShop: true });
    const choice = { vote: 'up', voter: voterOf(1) } as const;
    await castVote(context, 'acme', { kind: 'question', id }, choice);
    await castVote(context, 'acme', { kind: 'answer', id: answer.id }, choice);
    const { questions } = await listQuestions(
      context.db,
      (await findShop(context.db, 'acme')).id,
      'lamp',
      {},
    );
    expect(questions[0]).toMatchObject({
      helpful: { up: 1, down: 0 },
      answers: [{ helpful: { up: 1, down: 0 } }],
    });
  });

  test('knows nothing that is not published', async () => {
    const id = await write('hidden');
    await rejectReview(fixture.context, 'acme', id);
    await expect(vote(id, 1)).rejects.toThrow(UnknownReviewError);
    for (const kind of ['question', 'answer'] as const) {
      const choice = { vote: 'up', voter: voterOf(1) } as const;
      const attempt = castVote(fixture.context, 'acme', { kind, id }, choice);
      await expect(attempt).rejects.toThrow(UnknownSubjectError);
    }
  });

  test("keeps no visitor's token", async () => {
    const kept = await asSystem(fixture.context.db, async (tx) => tx.select().from(votes));
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain('a-visitor-number');
  });
});
