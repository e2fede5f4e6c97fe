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
  vi.unstubAllGlobals();
});

/** A reader over a loader's read that ends like this, and over a server that gives `second`. */
function open(firstPage: Promise<ReviewPage>, product: string | null = '42') {
  const asked: string[] = [];
  firstPage.catch(() => {});
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(Response.json(second));
  });
  const place = { edge: 'https://edge.example', appKey: 'demo', product, firstPage };
  return { asked, read: createReader(place) };
}

test("takes the loader's answer first, and asks only then", async () => {
  const { asked, read } = open(Promise.resolve(first));
  expect(await read({}, {})).toBe(first);
  expect(asked).toEqual([]);
  expect(await read({ sort: 'newest' }, {})).toEqual(second);
  expect(asked).toEqual(['https://edge.example/v1/shops/demo/products/42/reviews?sort=newest']);
});

test("asks itself when the loader's read has failed", async () => {
  const { read } = open(Promise.reject(new Error('down')));
  expect(await read({}, {})).toEqual(second);
});

test("asks itself when the loader's read does not end", async () => {
  const { asked, read } = open(new Promise(() => {}));
  const page = read({}, {});
  await vi.advanceTimersByTimeAsync(7000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await page).toEqual(second);
});

test('asks for the reviews of the whole shop where the element names no product', async () => {
  const { asked, read } = open(Promise.resolve(first), null);
  await read({}, {});
  await read({ sort: 'newest' }, {});
  expect(asked).toEqual(['https://edge.example/v1/shops/demo/reviews?sort=newest']);
});
