import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partOf } from './range.ts';

const NOW = Date.UTC(2026, 0, 1);
const JAN = 'Thu, 01 Jan 2025 00:00:00 GMT';
const part = (
  range: string,
  {
    length = 10,
    ifRange,
    fields = {},
  }: { length?: number; ifRange?: string; fields?: Record<string, string> } = {},
) => partOf(new Headers({ range, ...(ifRange && { 'if-range': ifRange }) }), fields, length, NOW);

describe('a range of ten bytes', () => {
  test.each([
    ['bytes=0-1', { start: 0, end: 2 }],
    ['bytes=2-', { start: 2, end: 10 }],
    ['bytes=-3', { start: 7, end: 10 }],
    ['bytes=0-99', { start: 0, end: 10 }],
    ['bytes=-99', { start: 0, end: 10 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=0-1', undefined],
    ['rubbish', undefined],
  ])('%s is %j', (range, expected) => {
    expect(part(range)).toEqual(expected);
  });

  test.each([
    ['"a"', { etag: '"a"' }, true],
    ['"a"', { etag: '"b"' }, false],
    ['W/"a"', { etag: 'W/"a"' }, false],
    [JAN, { 'last-modified': JAN }, true],
    [JAN, {}, false],
  ])('with If-Range %s over %j is served: %s', (ifRange, fields, isServed) => {
    expect(part('bytes=0-1', { ifRange, fields }) !== undefined).toBe(isServed);
  });

  test('never reaches outside what there is', () => {
    const number = fc.option(fc.nat(30), { nil: '' });
    fc.assert(
      fc.property(number, number, fc.nat(20), (first, last, length) => {
        const found = part(`bytes=${first}-${last}`, { length });
        if (found === undefined || found === 'unsatisfiable') return;
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.end).toBeGreaterThan(found.start);
        expect(found.end).toBeLessThanOrEqual(length);
      }),
    );
  });
});
