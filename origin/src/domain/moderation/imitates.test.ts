import { describe, expect, test } from 'vitest';
import { imitates } from './imitates.ts';

describe('UG02: a name that passes for another', () => {
  test.each([
    ['Acme Lighting', 'Acme Lighting'],
    ['the shop itself, with a word more', 'ACME lighting Support'],
    ['Cyrillic А, с and е', 'Асmе Lighting'],
    ['whole words in Cyrillic', 'АСМЕ Lighting'],
    ['Greek capitals', 'ΑCΜΕ Lighting'],
    ['Cherokee capitals', 'ᎪᏟᎷᎬ Lighting'],
    ['full width', 'Ａｃｍｅ　Ｌｉｇｈｔｉｎｇ'],
    ['mathematical letters', '𝐀𝐜𝐦𝐞 𝐋𝐢𝐠𝐡𝐭𝐢𝐧𝐠'],
    ['I, l and 1 for each other', 'Acme L1ghtlng'],
    ['accents', 'Ácmé Lighting'],
    ['what cannot be seen in between', 'Ac\u200Bme Light\u2060ing'],
    ['what turns the direction', '\u202EAcme Lighting\u202C'],
    ['a hyphen', 'Acme-Lighting'],
  ])('is found: %s', (_, author) => {
    expect(imitates(author, 'Acme Lighting')).toBe(true);
  });

  test.each(['Mаra', 'Αnna', 'Jоhn Smith', 'Pаyp\u200Bal'])(
    'is found where a word is of two alphabets: %s',
    (author) => {
      expect(imitates(author, 'Acme')).toBe(true);
    },
  );

  test.each([
    'Mara',
    'Acmena',
    'Анна',
    'Ελένη',
    'Անի',
    'Анна Smith',
    'Zoë O’Neil',
    'Đặng',
    'محمد',
    '花子',
    '🧶',
    '',
  ])('is not: %s', (author) => {
    expect(imitates(author, 'Acme')).toBe(false);
  });

  test('a shop whose name is initials is nobody’s', () => {
    expect(imitates('M. B.', 'M')).toBe(false);
    expect(imitates('Mara', '')).toBe(false);
  });
});
