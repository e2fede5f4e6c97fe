import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTargeted } from './targeted.ts';

const read = (value: string) => {
  const directives = parseTargeted(value);
  return directives && Object.fromEntries(directives);
};

describe('parseTargeted', () => {
  test.each([
    ['max-age=60', { 'max-age': '60' }],
    ['max-age=60, must-revalidate', { 'max-age': '60', 'must-revalidate': true }],
    ['max-age=1,max-age=60', { 'max-age': '60' }],
    ['max-age=60;a=1;b, no-store', { 'max-age': '60', 'no-store': true }],
    ['no-store=?0, max-age=60', { 'max-age': '60' }],
    ['no-store=?1', { 'no-store': true }],
    ['a="x, y", b=tok/en, c=:YQ==:', { a: '"x, y"', b: 'tok/en', c: ':YQ==:' }],
  ])('reads %j', (value, directives) => {
    expect(read(value)).toEqual(directives);
  });

  test.each([
    '',
    '  ',
    'max-age=60,',
    'max-age=60 must-revalidate',
    'Max-Age=60',
    'max-age =60',
    'max-age= 60',
    'a="open',
    '=60',
    'max-age=60;',
    'max-age=1.',
    'a=ä',
  ])('ignores %j whole', (value) => {
    expect(parseTargeted(value)).toBeUndefined();
  });

  test('reads what it is given back, and never throws', () => {
    const member = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9_.*-]{0,8}$/), fc.integer({ min: 0 }));
    fc.assert(
      fc.property(fc.uniqueArray(member, { minLength: 1, selector: ([key]) => key }), (members) => {
        const text = members.map(([key, value]) => `${key}=${value}`).join(', ');
        expect(read(text)).toEqual(Object.fromEntries(members.map(([k, v]) => [k, String(v)])));
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseTargeted(text)));
  });
});
