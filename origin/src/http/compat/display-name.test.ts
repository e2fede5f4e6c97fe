import { expect, test } from 'vitest';
import { displayName } from './display-name.ts';

test.each([
  ['User Name', 'User N.'],
  ['User N.', 'User N.'],
  ['  Ana  Maria\tBraun ', 'Ana B.'],
  ['Mara', 'Mara'],
  ['山田 太郎', '山田 太.'],
  ['Ali 𝒳', 'Ali 𝒳.'],
  ['', 'Anonymous'],
  [undefined, 'Anonymous'],
])('%j is shown as %j', (author, shown) => {
  expect(displayName(author)).toBe(shown);
});
