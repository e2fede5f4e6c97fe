import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { entityTag } from './entity-tag.ts';

test('the same text has the same tag, in the grammar of RFC 9110', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(entityTag(text)).toBe(entityTag(text));
      expect(entityTag(text)).toMatch(/^"[0-9a-f]{16}"$/);
    }),
  );
});

test('texts that differ in little have different tags', () => {
  const texts = Array.from(
    { length: 50_000 },
    (_, count) => `{"1":{"average":4.5,"count":${count}}}`,
  );
  expect(new Set(texts.map(entityTag)).size).toBe(texts.length);
});
