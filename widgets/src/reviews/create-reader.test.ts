import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReviewPage } from '@plaudit/sdk';
import { answer, reviewAt } from '../../test/reviews.ts';
import { createReader } from './create-reader.ts';

const first = answer([reviewAt('42', 0)], {});
const second = answer([reviewAt('42', 1)], {});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A reader over a loader's read that ends like this, and over a server that gives `second`. */
function open(firstPage: Promise<ReviewPage>) {
  const asked: string[] = [];
  firstPage.catch(() => {});
  const request = (path: string): Promise<never> => {
    asked.push(path);
    return Promise.resolve(second as never);
  };
  const shop = { appKey: 'demo', request };
  return { asked, read: createReader({ product: '42', firstPage, shop }) };
}

test("takes the loader's answer first, and asks only then", async () => {
  const { asked, read } = open(Promise.resolve(first));
  expect(await read({}, {})).toBe(first);
  expect(asked).toEqual([]);
  expect(await read({ sort: 'newest' }, {})).toBe(second);
  expect(asked).toEqual(['/v1/shops/demo/products/42/reviews?sort=newest']);
});

test("asks itself when the loader's read has failed", async () => {
  const { read } = open(Promise.reject(new Error('down')));
  expect(await read({}, {})).toBe(second);
});

test("asks itself when the loader's read does not end", async () => {
  const { asked, read } = open(new Promise(() => {}));
  const page = read({}, {});
  await vi.advanceTimersByTimeAsync(7000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await page).toBe(second);
});
