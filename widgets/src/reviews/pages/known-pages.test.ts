import { array, assert, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListState } from '../list.ts';
import { learnPages, NO_PAGES, toShownNumbers, type KnownPages } from './known-pages.ts';

const PAGES = 12;
/** The answer to a page that starts at a cursor, of a list of so many pages. */
const answerTo = (cursor: string | undefined, rating: 1 | 2 = 1): ListState => {
  const page = Number(cursor ?? 0);
  return {
    query: { rating: [rating], ...(cursor !== undefined && { cursor }) },
    phase: 'idle',
    reviews: [],
    ...(page + 1 < PAGES && { next: String(page + 1) }),
  };
};

describe('the pages that are known', () => {
  test('are those that were come to, and the one after', () => {
    const first = learnPages(NO_PAGES, answerTo(undefined));
    expect(first).toMatchObject({ starts: [undefined, '1'], current: 0 });
    expect(learnPages(first, answerTo('1'))).toMatchObject({
      starts: [undefined, '1', '2'],
      current: 1,
    });
  });

  test('are the same wherever in them one goes, and as many as one has ever come to', () => {
    assert(
      property(array(nat(), { maxLength: 40 }), (steps) => {
        let known: KnownPages = learnPages(NO_PAGES, answerTo(undefined));
        let most = 1;
        for (const step of steps) {
          const page = step % known.starts.length;
          known = learnPages(known, answerTo(known.starts[page]));
          most = Math.max(most, Math.min(page + 1, PAGES - 1));
          expect(known.current).toBe(page);
        }
        const cursors = Array.from({ length: most + 1 }, (_, n) => (n ? String(n) : undefined));
        expect(known.starts).toEqual(cursors);
      }),
    );
  });

  test('are forgotten when another question is asked', () => {
    const far = learnPages(learnPages(NO_PAGES, answerTo(undefined)), answerTo('1'));
    const other = answerTo(undefined, 2);
    expect(learnPages(far, other)).toMatchObject({ starts: [undefined, '1'], current: 0 });
  });

  test('remain while a page is loading or was not to be had', () => {
    const first = learnPages(NO_PAGES, answerTo(undefined));
    for (const phase of ['loading', 'failed'] as const) {
      const asked = { ...answerTo('1'), next: '1', phase };
      expect(learnPages(first, asked)).toMatchObject({ starts: [undefined, '1'], current: 1 });
    }
  });

  test('end where the list has come to end', () => {
    const far = learnPages(learnPages(NO_PAGES, answerTo(undefined)), answerTo('1'));
    const { next: _, ...last } = answerTo('1');
    expect(learnPages(far, last).starts).toEqual([undefined, '1']);
  });
});

test('the first, the last and the neighbours are shown, and where some are left out', () => {
  const at = (current: number, length: number): KnownPages => ({
    question: '',
    starts: Array.from({ length }, (_, page) => (page ? String(page) : undefined)),
    current,
  });
  expect(toShownNumbers(at(0, 3))).toEqual([0, 1, 2]);
  expect(toShownNumbers(at(5, 11))).toEqual([0, null, 3, 4, 5, 6, 7, null, 10]);
  expect(toShownNumbers(at(3, 6))).toEqual([0, 1, 2, 3, 4, 5]);
});
