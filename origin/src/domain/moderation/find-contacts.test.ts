import { describe, expect, test } from 'vitest';
import { hasContact, hasLink } from './find-contacts.ts';

describe('a link', () => {
  test.each([
    'see https://example.org/offer',
    'www.example.org',
    'buy at example.com now',
    'Example.SHOP has it',
    'bit.example/x1',
    'ｈｔｔｐｓ：／／example.org',
    'exam\u200Bple.com',
  ])('is found in %j', (text) => {
    expect(hasLink(text)).toBe(true);
  });

  test.each([
    'Great kettle.It boils fast.',
    'A 4.5/5 from me, and/or more.',
    'e.g. the lid, etc.',
    'Version 2.0.1',
    'mail me: ada@example.com',
    'I love it...Deeply',
    'communication.com-like words are odd',
  ])('is not in %j', (text) => {
    expect(hasLink(text)).toBe(false);
  });
});

describe('an address or a number', () => {
  test.each([
    'ada@example.com',
    'write to ada.b+c@mail.example.co.uk!',
    'ａｄａ＠example.com',
    'call +49 30 1234567',
    '(030) 123 456 789',
    '0800-123-4567',
    '٠١٢٣٤٥٦٧٨٩',
  ])('is found in %j', (text) => {
    expect(hasContact(text)).toBe(true);
  });

  test.each([
    'bought on 2026-03-01 at 12:30',
    '01.03.2026',
    'paid 1 299.00 for 2',
    '100 x 200 x 300',
    'me @ home',
    'a 5-10 year warranty',
    'serial 1234-5678-9012-3456-7890',
  ])('is not in %j', (text) => {
    expect(hasContact(text)).toBe(false);
  });
});

test.each(['@', 'a@', 'a.', '+1 ', 'http', 'a@a-', '0x'])(
  'the longest text made of %j has neither, and is read to its end',
  (part) => {
    const text = part.repeat(10_000 / part.length);
    expect([hasLink(text), hasContact(text)]).toEqual([false, false]);
  },
);
