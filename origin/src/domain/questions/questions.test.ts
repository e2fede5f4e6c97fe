import { describe, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { IdempotencyConflictError, InvalidCursorError, UnknownSubjectError } from '../errors.ts';
import { findShop } from '../shops/find.ts';
import { answerQuestion } from './answer.ts';
import { askQuestion } from './ask.ts';
import { listQuestions } from './list.ts';
import { moderateAnswer, moderateQuestion } from './moderate.ts';

const question = { body: 'Is it warm?', author: 'Ada', email: 'Ada@Example.com' };

describeOnEach('questions', (fixture) => {
  const list = async (product: string, query = {}) => {
    const { db } = fixture.context;
    return listQuestions(db, (await findShop(db, 'acme')).id, product, query);
  };
  const ask = (product: string, more = {}) =>
    askQuestion(fixture.context, 'acme', product, { ...question, ...more });
  const publish = (id: string) => moderateQuestion(fixture.context, 'acme', id, 'published');
  const purges = () => asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));

  test('wait for the shop, and are seen without an e-mail address once it publishes them', async () => {
    const { id, status } = await ask('kettle');
    expect(status).toBe('pending');
    expect(await list('kettle')).toEqual({ count: 0, questions: [] });
    expect(await purges()).toEqual([]);
    expect(await publish(id)).toBe(true);
    expect(await publish(id)).toBe(false);
    const page = await list('kettle');
    expect(page).toMatchObject({
      count: 1,
      questions: [{ id, productId: 'kettle', body: 'Is it warm?', author: 'Ada', answers: [] }],
    });
    expect(JSON.stringify(page).toLowerCase()).not.toContain('ada@example.com');
    expect(await purges()).toMatchObject([
      { payload: { tags: ['questions:acme:kettle'], mode: 'soft' } },
    ]);
    await moderateQuestion(fixture.context, 'acme', id, 'rejected');
    expect(await list('kettle')).toEqual({ count: 0, questions: [] });
    expect((await purges()).at(-1)).toMatchObject({ payload: { mode: 'hard' } });
  });

  test('are asked once under one key, also by many at once', async () => {
    const idempotencyKey = 'form-12345678';
    const receipts = await Promise.all(
      Array.from({ length: 10 }, () => ask('lamp', { idempotencyKey })),
    );
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    await expect(ask('lamp', { idempotencyKey, body: 'Another?' })).rejects.toThrow(
      IdempotencyConflictError,
    );
    await expect(ask('other', { idempotencyKey })).rejects.toThrow(IdempotencyConflictError);
  });

  test('are listed page by page, the newest first, each once', async () => {
    const bodies = Array.from({ length: 7 }, (_, n) => `Question ${n}`);
    for (const [n, body] of bodies.entries()) {
      // Two of one instant each.
      clock.now = new Date(Date.UTC(2026, 2, 1, 12, 0, Math.floor(n / 2)));
      await publish((await ask('shoe', { body })).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list('shoe', { limit: 2, ...(cursor && { cursor }) });
      expect(page.count).toBe(7);
      seen.push(...page.questions.map(({ body }) => body));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(bodies.toReversed());
    const { next } = await list('shoe', { limit: 2 });
    const elsewhere = list('kettle', { cursor: next });
    await expect(elsewhere).rejects.toThrow(InvalidCursorError);
  });

  describe('are answered', () => {
    test("by the shop at once and by visitors after a decision; the shop's come first", async () => {
      const { id } = await ask('bag');
      await publish(id);
      const answer = (body: string, byShop: boolean) =>
        answerQuestion(fixture.context, 'acme', id, { body, byShop, author: 'Bea' });
      const visitors = await answer('I think so.', false);
      expect(visitors.status).toBe('pending');
      expect(await answer('Yes.', true)).toMatchObject({ status: 'published' });
      expect((await list('bag')).questions[0]?.answers).toMatchObject([
        { body: 'Yes.', byShop: true },
      ]);
      await moderateAnswer(fixture.context, 'acme', visitors.id, 'published');
      expect((await list('bag')).questions[0]?.answers).toMatchObject([
        { body: 'Yes.', byShop: true },
        { body: 'I think so.', byShop: false, author: 'Bea' },
      ]);
      await moderateAnswer(fixture.context, 'acme', visitors.id, 'archived');
      expect((await list('bag')).questions[0]?.answers).toHaveLength(1);
    });

    test('only where there is such a question', async () => {
      const attempt = answerQuestion(fixture.context, 'acme', 'none', { body: 'x', byShop: true });
      await expect(attempt).rejects.toThrow(UnknownSubjectError);
      const decision = moderateAnswer(fixture.context, 'acme', 'none', 'published');
      await expect(decision).rejects.toThrow(UnknownSubjectError);
    });
  });

  test('ten decisions at once count a question once', async () => {
    const { id } = await ask('busy');
    const changed = await Promise.all(Array.from({ length: 10 }, () => publish(id)));
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect((await list('busy')).count).toBe(1);
  });
});
