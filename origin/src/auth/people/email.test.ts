import { expect, test } from 'vitest';
import { isEmail } from './email.ts';

test.each([
  'a@b.c',
  'a.b+c@shop.example',
  'a@b..c',
  'a@.b.c',
  'a@b.c.',
  `${'a'.repeat(248)}@bc.de`,
])('%s looks like an address', (text) => {
  expect(isEmail(text)).toBe(true);
});

test.each([
  '',
  '@',
  'a@b',
  'a@.b',
  'a@b.',
  '@b.c',
  'a@@b.c',
  'a@b@c.d',
  'a b@c.d',
  'a@b .c',
  'a@b.c\n',
  `${'a'.repeat(250)}@bc.de`,
])('%j does not', (text) => {
  expect(isEmail(text)).toBe(false);
});
