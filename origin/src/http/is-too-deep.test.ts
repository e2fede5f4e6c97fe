import { expect, test } from 'vitest';
import { isTooDeep } from './is-too-deep.ts';

test.each([
  ['[', ']'],
  ['{"a":', '}'],
  ['[{"a":', '}]'],
])('UG04: %s nests up to a hundred deep', (open, close) => {
  const each = open.startsWith('[{') ? 2 : 1;
  const nested = (depth: number) => open.repeat(depth / each) + '1' + close.repeat(depth / each);
  expect(isTooDeep(nested(100))).toBe(false);
  expect(isTooDeep(nested(102))).toBe(true);
});

test('brackets in texts nest nothing, nor do many beside each other', () => {
  expect(isTooDeep(JSON.stringify({ body: `\\"${'[{'.repeat(1000)}` }))).toBe(false);
  expect(isTooDeep(`[${'[],'.repeat(1000)}{}]`)).toBe(false);
});

test('half a megabyte of anything is looked through, or given up, at once', () => {
  for (const text of ['"', '\\"', '"\\', ']', '[]', 'x', '"a",'])
    expect(isTooDeep(text.repeat(500_000 / text.length))).toBe(false);
});
