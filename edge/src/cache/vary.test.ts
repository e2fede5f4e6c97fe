import { describe, expect, test } from 'vitest';
import { isSelectedBy, varyOf } from './vary.ts';

const selects = (vary: string, one: Record<string, string>, other: Record<string, string>) =>
  isSelectedBy(varyOf(vary, new Headers(one), []), new Headers(other));

describe('an answer that varies', () => {
  test.each([
    ['Foo', { foo: '1' }, { foo: '1' }, true],
    ['Foo', { foo: '1' }, { foo: '2' }, false],
    ['Foo', {}, { foo: '1' }, false],
    ['Foo', { foo: '1' }, {}, false],
    ['Foo', { foo: '' }, {}, false],
    ['Foo', {}, {}, true],
    ['Foo, Bar', { foo: '1', bar: '2' }, { bar: '2', foo: '1' }, true],
    ['Foo, Bar', { foo: '1', bar: '2' }, { foo: '1' }, false],
    ['Foo', { foo: '1, 2' }, { foo: '1,2' }, true],
    ['Foo', { foo: '1,2' }, { foo: '2,1' }, false],
    ['Accept-Language', { 'accept-language': 'en, de' }, { 'accept-language': 'DE,en' }, true],
    [
      'Accept-Language',
      { 'accept-language': 'en;q=0.5' },
      { 'accept-language': 'en; q=0.5' },
      true,
    ],
  ])('by %s, stored for %j, is for %j: %s', (vary, one, other, expected) => {
    expect(selects(vary, one, other)).toBe(expected);
  });

  test('by what the key holds already does not vary', () => {
    expect(varyOf('Accept-Encoding, Foo', new Headers({ foo: '1' }), ['accept-encoding'])).toEqual({
      foo: '=1',
    });
  });
});
