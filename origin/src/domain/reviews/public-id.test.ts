import { expect, test } from 'vitest';
import { newPublicId } from './public-id.ts';

test('TI07: 10,000 ids of 96 bits tell neither order nor volume, and none comes twice', () => {
  const ids = Array.from({ length: 10_000 }, newPublicId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{24}$/);
  // Of numbers that count, each would be larger than the one before.
  const larger = ids.filter((id, at) => id > (ids[at - 1] ?? id)).length;
  expect(larger).toBeGreaterThan(4500);
  expect(larger).toBeLessThan(5500);
  // Each place has each digit about as often as any other.
  for (let place = 0; place < 24; place += 1) {
    const counts = Map.groupBy(ids, (id) => id[place]);
    expect(counts.size).toBe(16);
    for (const [, found] of counts) expect(Math.abs(found.length - 625)).toBeLessThan(175);
  }
});
