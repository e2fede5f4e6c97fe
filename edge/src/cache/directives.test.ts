import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDirectives, secondsOf } from './directives.ts';

const read = (value: string) => Object.fromEntries(parseDirectives(value));

describe('parseDirectives', () => {
  test.each([
    ['', {}],
    ['max-age=60', { 'max-age': '60' }],
    ['MAX-AGE=60, Public', { 'max-age': '60', public: true }],
    [' ,, no-store ,', { 'no-store': true }],
    ['max-age="60"', { 'max-age': '60' }],
    ['max-age = 60', { 'max-age': '60' }],
    ['max-age=1, max-age=60', { 'max-age': '1' }],
    ['a="max-age=3600", max-age=1', { a: 'max-age=3600', 'max-age': '1' }],
    ['max-age=1, a="x, max-age=3600"', { 'max-age': '1', a: 'x, max-age=3600' }],
    ['no-cache="a, b", private', { 'no-cache': 'a, b', private: true }],
    ['max-age=60;q=1, public', { 'max-age': '60;q=1', public: true }],
  ])('reads %j', (value, directives) => {
    expect(read(value)).toEqual(directives);
  });

  test('finds every directive whatever stands between them', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{0,10}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        expect([...parseDirectives(names.join(' , ')).keys()]).toEqual(names);
      }),
    );
  });

  test('ends, and never throws, for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(() => parseDirectives(text)).not.toThrow();
      }),
    );
    // Would run for hours if the pattern went back over what it had read.
    const hostile = `${'"'.repeat(20_000)}${'a="\\'.repeat(5_000)}`;
    expect(() => parseDirectives(hostile)).not.toThrow();
  });
});

describe('secondsOf', () => {
  test.each([
    ['max-age=60', 60],
    ['max-age=0060', 60],
    ['max-age=99999999999', 2 ** 31],
    ['max-age', 0],
    ['max-age=', 0],
    ['max-age=-1', 0],
    ['max-age=1.5', 0],
    ["max-age='60'", 0],
    ['max-age=60s', 0],
    ['public', undefined],
  ])('reads %s as %s', (value, seconds) => {
    expect(secondsOf(parseDirectives(value), 'max-age')).toBe(seconds);
  });
});
