import { describe, expect, test } from 'vitest';
import { isNotModified } from './conditional.ts';

const NOW = Date.UTC(2026, 0, 1);
const JAN = 'Thu, 01 Jan 2025 00:00:00 GMT';
const FEB = 'Sat, 01 Feb 2025 00:00:00 GMT';
const ask = (client: Record<string, string>, fields: Record<string, string>) =>
  isNotModified(new Headers(client), fields, NOW);

describe('isNotModified', () => {
  test.each([
    ['"a"', '"a"', true],
    ['"b"', '"a"', false],
    ['"b", "a"', '"a"', true],
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['"a,b"', '"a,b"', true],
    ['"x, "a"', '"a"', false],
    ['*', '"a"', true],
    ['"a"', undefined, false],
  ])('compares If-None-Match %s with %s weakly: %s', (ifNoneMatch, etag, expected) => {
    expect(ask({ 'if-none-match': ifNoneMatch }, etag === undefined ? {} : { etag })).toBe(
      expected,
    );
  });

  test('goes by If-None-Match alone where there is one', () => {
    const client = { 'if-none-match': '"b"', 'if-modified-since': FEB };
    expect(ask(client, { etag: '"a"', 'last-modified': JAN })).toBe(false);
  });

  test.each([
    [JAN, JAN, true],
    [FEB, JAN, true],
    [JAN, FEB, false],
    ['rubbish', JAN, false],
  ])('compares If-Modified-Since %s with %s: %s', (since, changed, expected) => {
    expect(ask({ 'if-modified-since': since }, { 'last-modified': changed })).toBe(expected);
  });

  test('is false without a condition', () => {
    expect(ask({}, { etag: '"a"', 'last-modified': JAN })).toBe(false);
  });
});
