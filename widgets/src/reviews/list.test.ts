import { describe, expect, test } from 'vitest';
import type { CallOptions, ReviewPage, ReviewQuery } from '@plaudit/sdk';
import { answer, reviewAt } from '../../test/reviews.ts';
import { createReviewList, type ListState } from './list.ts';

interface Question {
  query: ReviewQuery;
  options: CallOptions;
  resolve: (page: ReviewPage) => void;
  reject: (error: Error) => void;
}

const all = Array.from({ length: 25 }, (_, index) => reviewAt('42', index));

/** A list whose questions the test answers by hand. */
function open() {
  const asked: Question[] = [];
  const states: ListState[] = [];
  const list = createReviewList(
    (query, options) =>
      new Promise((resolve, reject) => {
        asked.push({ query, options, resolve, reject });
      }),
    { limit: 10 },
    (state) => states.push(state),
  );
  const last = (): Question => {
    const question = asked.at(-1);
    if (!question) throw new Error('The list has asked nothing.');
    return question;
  };
  const reply = (): void => last().resolve(answer(all, last().query));
  return { list, asked, states, last, reply };
}

describe('a list', () => {
  test('is loading until the first answer, then idle', async () => {
    const { list, reply } = open();
    const done = list.ask();
    expect(list.state).toMatchObject({ phase: 'loading', reviews: [] });
    reply();
    await done;
    expect(list.state).toMatchObject({ phase: 'idle', next: '10' });
    expect(list.state.reviews).toHaveLength(10);
  });

  test('appends the next page, and has none after the last', async () => {
    const { list, reply } = open();
    for (const step of [list.ask, list.more, list.more]) {
      const done = step();
      reply();
      await done;
    }
    expect(list.state.reviews.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(list.state.next).toBeUndefined();
  });

  test('asks nothing when there is no next page', async () => {
    const { list, asked } = open();
    await list.more();
    expect(asked).toEqual([]);
  });

  test('keeps the rest of the question when part of it changes, and starts at the first page', async () => {
    const { list, last, reply } = open();
    void list.ask({ sort: 'newest' });
    reply();
    void list.ask({ rating: [5] });
    expect(last().query).toEqual({ limit: 10, sort: 'newest', rating: [5] });
  });

  test('gives up the older question and ignores its answer and its failure', async () => {
    const { list, asked, reply } = open();
    const older = list.ask({ sort: 'lowest' });
    const newer = list.ask({ sort: 'highest' });
    expect(asked[0]?.options.signal?.aborted).toBe(true);
    reply();
    await newer;
    asked[0]?.reject(new Error('late'));
    await older;
    expect(list.state.phase).toBe('idle');
    expect(list.state.reviews[0]?.rating).toBe(5);
  });

  test('does again what failed: the same page of the same question', async () => {
    const { list, last, reply } = open();
    const first = list.ask();
    reply();
    await first;
    const failing = list.more();
    const question = last().query;
    last().reject(new Error('down'));
    await failing;
    expect(list.state).toMatchObject({ phase: 'failed' });
    expect(list.state.reviews).toHaveLength(10);
    void list.retry();
    expect(last().query).toEqual(question);
  });

  test('reads past the browser cache once the visitor has written', async () => {
    const { list, last, reply } = open();
    const own = reviewAt('42', 99);
    const done = list.setOwn(own);
    expect(last().options.cache).toBe('no-cache');
    reply();
    await done;
    expect(list.state.own).toBe(own);
  });

  test('knows of a withdrawn review no more than its id', async () => {
    const { list, last, reply } = open();
    const done = list.setOwn({ id: 'r1' });
    expect(last().options.cache).toBe('no-cache');
    reply();
    await done;
    expect(list.state.own).toEqual({ id: 'r1' });
  });

  test('says nothing more once it is stopped', async () => {
    const { list, states, reply } = open();
    const done = list.ask();
    const before = states.length;
    list.stop();
    reply();
    await done;
    expect(states).toHaveLength(before);
  });
});
