import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from './policy.ts';
import { notStorable } from './storable.ts';

const NO_FIELDS = new Headers();
const why = (fields: Record<string, string>, status = 200, policy = DEFAULT_POLICY) =>
  notStorable(NO_FIELDS, toAnswer(status, fields), policy);

function toAnswer(status: number, { 'set-cookie': cookie, ...fields }: Record<string, string>) {
  return { status, fields, cookies: cookie === undefined ? [] : [cookie] };
}

describe('an answer', () => {
  test.each([
    [{ 'cache-control': 'max-age=1' }],
    [{ 'cache-control': 's-maxage=1' }],
    [{ 'cache-control': 'public' }],
    [{ 'cache-control': 'no-cache' }],
    [{ expires: 'Thu, 01 Jan 2026 00:00:00 GMT' }],
    [{ 'cdn-cache-control': 'max-age=1', 'cache-control': 'no-store' }],
    [{ 'cache-control': 'no-store, must-understand, max-age=1' }],
  ])('with %j may be stored', (fields) => {
    expect(why(fields)).toBeUndefined();
  });

  test.each([
    [{}, 'not-explicit'],
    [{ 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 'not-explicit'],
    [{ 'cache-control': 'max-age=1, No-Store' }, 'forbidden'],
    [{ 'cache-control': 'private="x-field", max-age=1' }, 'forbidden'],
    [{ 'cdn-cache-control': 'no-store', 'cache-control': 'max-age=1' }, 'forbidden'],
    [{ 'cache-control': 'max-age=1', 'set-cookie': 'a=1' }, 'set-cookie'],
    [{ 'cache-control': 'max-age=1', vary: 'Accept, *' }, 'vary'],
  ])('with %j may not: %s', (fields, reason) => {
    expect(why(fields)).toBe(reason);
  });

  test.each([206, 304, 100])('with the status %i is never stored', (status) => {
    expect(why({ 'cache-control': 'max-age=1' }, status)).toBe('status');
  });

  test.each([204, 404, 410, 500, 299])(
    'with the status %i and a lifetime may be stored',
    (status) => {
      expect(why({ 'cache-control': 'max-age=1' }, status)).toBeUndefined();
    },
  );

  test('with a status it must understand and does not is not stored', () => {
    expect(why({ 'cache-control': 'must-understand, max-age=1' }, 299)).toBe('forbidden');
  });

  test('may be stored on a guess only where the policy guesses and the status allows', () => {
    const policy = { ...DEFAULT_POLICY, guessesFreshness: true };
    expect(why({}, 200, policy)).toBeUndefined();
    expect(why({}, 403, policy)).toBe('not-explicit');
  });

  test('with a cookie may be stored where the policy says so', () => {
    const fields = { 'cache-control': 'max-age=1', 'set-cookie': 'a=1' };
    expect(why(fields, 200, { ...DEFAULT_POLICY, storesCookies: true })).toBeUndefined();
  });

  test.each([
    ['max-age=1', 'authorization'],
    ['max-age=1, public', undefined],
    ['s-maxage=1', undefined],
    ['max-age=1, must-revalidate', undefined],
  ])('to a request with credentials and %s: %s', (value, reason) => {
    const request = new Headers({ authorization: 'Bearer x' });
    const answer = toAnswer(200, { 'cache-control': value });
    expect(notStorable(request, answer, DEFAULT_POLICY)).toBe(reason);
  });
});
