import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRepeatCounter } from './count-repeats.ts';

test('counts the same in memory, on disk, and over the change from one to the other', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
  fc.assert(
    fc.property(keys, fc.nat(6), (all, inMemoryMax) => {
      const count = createRepeatCounter(inMemoryMax);
      for (const [index, key] of all.entries()) {
        const before = all.slice(0, index).filter((each) => each === key).length;
        expect(count(key)).toBe(before);
      }
    }),
    { numRuns: 60 },
  );
});
