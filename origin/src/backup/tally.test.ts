import { array, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { compareTallies, startTally } from './tally.ts';

const tallyOf = (lines: readonly string[]) => {
  const { add, end } = startTally();
  for (const line of lines) add(line);
  return end();
};

test('a tally is the same in every order', () => {
  assert(
    property(array(string()), (lines) => {
      expect(tallyOf(lines.toReversed())).toEqual(tallyOf(lines));
      expect(tallyOf(lines.toSorted())).toEqual(tallyOf(lines));
    }),
  );
});

test('a tally is another with a row more, less, twice or changed', () => {
  const base = tallyOf(['a', 'b']);
  for (const lines of [['a'], ['a', 'b', 'b'], ['a', 'c'], ['ab', ''], ['b', 'b']]) {
    expect(tallyOf(lines)).not.toEqual(base);
  }
});

test('what differs is named', () => {
  const [one, two, other] = [tallyOf(['a']), tallyOf(['a', 'b']), tallyOf(['c'])];
  expect(
    compareTallies({ same: one, more: one, other: one }, { same: one, more: two, other }),
  ).toEqual(['more: 1 rows expected, 2 found', 'other: rows differ']);
  expect(compareTallies({ a: one }, { b: one })).toEqual([
    'a: only in the backup',
    'b: only in the database',
  ]);
});
