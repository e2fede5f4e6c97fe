import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { TestClock } from '../../test/test-clock.ts';
import { createRateLimit, policyField, rateLimitField, type RateLimit } from './rate-limit.ts';

const QUOTA = { name: 'visitor', units: 20, windowSeconds: 60 };

let clock: TestClock;
let limit: RateLimit;

beforeEach(() => {
  clock = new TestClock();
  limit = createRateLimit(QUOTA, clock.now);
});

const allowed = (tries: number, bucket = 1): number =>
  Array.from({ length: tries }, () => limit.take(bucket)).filter(({ isAllowed }) => isAllowed)
    .length;

describe('a bucket', () => {
  test('holds its quota, counts down and refuses what is more', () => {
    const left = Array.from({ length: 22 }, () => limit.take(1).left);
    expect(left).toEqual([...Array.from({ length: 20 }, (_, taken) => 19 - taken), 0, 0]);
    expect(limit.take(1)).toMatchObject({ isAllowed: false, left: 0, moreInSeconds: 3 });
  });

  test('gives one more when it says so, however often one asked in between', () => {
    allowed(100);
    clock.passes(2.9);
    expect(allowed(100)).toBe(0);
    clock.passes(0.1);
    expect(allowed(100)).toBe(1);
  });

  test('is full again after its window, and no fuller after a day', () => {
    allowed(20);
    clock.passes(60);
    expect(allowed(100)).toBe(20);
    clock.passes(86_400);
    expect(allowed(100)).toBe(20);
  });

  test('is its own: another is not touched', () => {
    allowed(100, 1);
    expect(allowed(100, 2)).toBe(20);
  });

  test('never gives more than a quota and what has filled since', () => {
    const waits = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 200 });
    fc.assert(
      fc.property(waits, (seconds) => {
        limit = createRateLimit(QUOTA, clock.now);
        let given = allowed(3);
        let passed = 0;
        for (const wait of seconds) {
          clock.passes(wait);
          passed += wait;
          given += allowed(3);
        }
        expect(given).toBeLessThanOrEqual(20 + Math.floor(passed / 3 + 1e-6));
      }),
    );
  });
});

test('so many buckets are remembered, those used last', () => {
  limit = createRateLimit(QUOTA, clock.now, 100);
  allowed(20, 0);
  for (let bucket = 1; bucket < 100; bucket++) allowed(20, bucket);
  expect(allowed(1, 0)).toBe(0);
  allowed(1, 100);
  expect(allowed(1, 1)).toBe(1);
  expect(allowed(1, 0)).toBe(0);
});

test('the fields are structured lists', () => {
  expect(policyField([QUOTA, { name: 'shop', units: 5, windowSeconds: 1 }])).toBe(
    '"visitor";q=20;w=60, "shop";q=5;w=1',
  );
  expect(rateLimitField(limit.take(1))).toBe('"visitor";r=19;t=3');
});
