import { describe, expect, test } from 'vitest';
import { lifetime } from './lifetime.ts';

const NOW = Date.UTC(2026, 0, 1);
const POLICY = { targetedFields: ['cdn-cache-control'], guessesFreshness: false };
const httpDate = (offsetSeconds: number) => new Date(NOW + offsetSeconds * 1000).toUTCString();
const of = (fields: Record<string, string>, policy = POLICY) =>
  lifetime(200, fields, policy, NOW, NOW);
const freshSeconds = (fields: Record<string, string>, policy = POLICY) =>
  (of(fields, policy).staleAt - NOW) / 1000;

describe('the lifetime of an answer', () => {
  test.each([
    ['nothing at all', {}, 0],
    ['max-age', { 'cache-control': 'max-age=60' }, 60],
    ['s-maxage before max-age', { 'cache-control': 'max-age=1, s-maxage=60' }, 60],
    ['max-age before Expires', { 'cache-control': 'max-age=60', expires: httpDate(9) }, 60],
    ['Expires', { expires: httpDate(60) }, 60],
    ['Expires from the origin’s own clock', { expires: httpDate(-40), date: httpDate(-100) }, -40],
    ['an unreadable Expires', { expires: '0' }, 0],
    ['max-age less the age', { 'cache-control': 'max-age=60', age: '20' }, 40],
    [
      'max-age less the time since Date',
      { 'cache-control': 'max-age=60', date: httpDate(-20) },
      40,
    ],
    ['an age that cannot be read', { 'cache-control': 'max-age=60', age: '1, 2' }, 0],
    ['no-cache whatever else', { 'cache-control': 'max-age=60, no-cache' }, 0],
    [
      'a targeted field alone',
      { 'cdn-cache-control': 'max-age=60', 'cache-control': 'no-cache' },
      60,
    ],
    ['a targeted field, not Expires', { 'cdn-cache-control': 'public', expires: httpDate(60) }, 0],
    [
      'an invalid targeted field is none',
      { 'cdn-cache-control': 'max-age=', 'cache-control': 'max-age=9' },
      9,
    ],
  ])('by %s', (_, fields, seconds) => {
    expect(freshSeconds(fields)).toBe(seconds);
  });

  test('may be guessed as a tenth of the time since the last change, a day at most', () => {
    const policy = { ...POLICY, guessesFreshness: true };
    expect(freshSeconds({ 'last-modified': httpDate(-1000) }, policy)).toBe(100);
    expect(freshSeconds({ 'last-modified': httpDate(-1e8) }, policy)).toBe(86_400);
    expect(freshSeconds({ 'last-modified': httpDate(1000) }, policy)).toBe(0);
    expect(freshSeconds({ 'last-modified': httpDate(-1000) })).toBe(0);
  });

  test('has the stale windows of RFC 5861', () => {
    const fields = { 'cache-control': 'max-age=1, stale-while-revalidate=10, stale-if-error=100' };
    expect(of(fields)).toMatchObject({
      staleWhileRevalidateMs: 10_000,
      staleIfErrorMs: 100_000,
      staleAllowed: true,
      deleteAt: NOW + 101_000,
    });
  });

  test.each(['must-revalidate', 'proxy-revalidate', 's-maxage=1', 'no-cache'])(
    'has none of them with %s',
    (directive) => {
      const value = `max-age=1, stale-while-revalidate=10, stale-if-error=100, ${directive}`;
      expect(of({ 'cache-control': value })).toMatchObject({
        staleWhileRevalidateMs: 0,
        staleIfErrorMs: 0,
        staleAllowed: false,
      });
    },
  );

  test('outlasts its freshness where there is something to revalidate with', () => {
    expect(of({ 'cache-control': 'max-age=0', etag: '"1"' }).deleteAt).toBeGreaterThan(NOW);
    expect(of({ 'cache-control': 'max-age=0' }).deleteAt).toBe(NOW);
  });
});
