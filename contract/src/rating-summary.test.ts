import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RATING_SHARD_COUNT, ratingShardOf } from './rating-shards.ts';
import { toStatistics, type Histogram } from './rating-summary.ts';

const histograms = fc.tuple(
  ...Array.from({ length: 5 }, () => fc.nat(100_000)),
) as fc.Arbitrary<Histogram>;

test('the average of nothing is 0', () => {
  expect(toStatistics([0, 0, 0, 0, 0])).toEqual({
    count: 0,
    average: 0,
    histogram: [0, 0, 0, 0, 0],
  });
});

test('the average has at most five decimals and lies between one and five', () => {
  expect(toStatistics([0, 0, 0, 1, 2]).average).toBe(4.66667);
  fc.assert(
    fc.property(histograms, (histogram) => {
      fc.pre(histogram.some((n) => n > 0));
      const { average, count } = toStatistics(histogram);
      expect(average).toBeGreaterThanOrEqual(1);
      expect(average).toBeLessThanOrEqual(5);
      expect(String(average).split('.')[1]?.length ?? 0).toBeLessThanOrEqual(5);
      expect(count).toBe(histogram.reduce((sum, n) => sum + n, 0));
    }),
  );
});

test('shards hold about the same number of products, for numbers and for handles', () => {
  for (const toId of [(n: number) => String(n), (n: number) => `linen-shirt-${n}`]) {
    const counts = Array.from({ length: RATING_SHARD_COUNT }, () => 0);
    for (let n = 0; n < 16_000; n++) {
      const shard = ratingShardOf(toId(n));
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    expect(Math.max(...counts)).toBeLessThan(1500);
    expect(Math.min(...counts)).toBeGreaterThan(500);
  }
});
