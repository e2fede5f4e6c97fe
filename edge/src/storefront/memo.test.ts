import { expect, test } from 'vitest';
import { Memo } from './memo.ts';

test('remembers up to its size, then begins again', () => {
  const memo = new Memo<number>(2, 10);
  memo.set('a', 1);
  memo.set('b', 2);
  expect([memo.get('a'), memo.get('b')]).toEqual([1, 2]);
  memo.set('c', 3);
  expect([memo.get('a'), memo.get('b'), memo.get('c')]).toEqual([undefined, undefined, 3]);
});

test('does not remember long texts', () => {
  const memo = new Memo<number>(2, 3);
  memo.set('four', 4);
  expect(memo.get('four')).toBeUndefined();
});
