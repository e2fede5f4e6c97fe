import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { describe, expect, test } from 'vitest';
import { createText } from './text.ts';

const messages = {
  decimalMark: '.',
  groupMark: ',',
  greeting: 'Hello {name}',
  reviews: '{count} reviews',
  'reviews.one': '{count} review',
};

describe('a text', () => {
  const text = createText(messages, DEFAULT_SETTINGS);

  test('fills its places', () => {
    expect(text('greeting', { name: 'Jo' })).toBe('Hello Jo');
  });

  test('fills a place with exactly what it is given', () => {
    expect(text('greeting', { name: '$& {count} 12345' })).toBe('Hello $& {count} 12345');
  });

  test('leaves a place empty for which there is nothing', () => {
    expect(text('greeting')).toBe('Hello ');
  });

  test.for([
    [0, '0 reviews'],
    [1, '1 review'],
    [999, '999 reviews'],
    [1000, '1,000 reviews'],
    [1234567, '1,234,567 reviews'],
  ] as const)('counts %i as "%s"', ([count, expected]) => {
    expect(text('reviews', { count })).toBe(expected);
  });

  test('counts in the way of the language', () => {
    const polish = {
      ...messages,
      reviews: 'opinii',
      'reviews.few': 'opinie',
      'reviews.one': 'opinia',
    };
    const inPolish = createText(polish, { ...DEFAULT_SETTINGS, locale: 'pl' });
    expect([1, 2, 5, 22].map((count) => inPolish('reviews', { count }))).toEqual([
      'opinia',
      'opinie',
      'opinii',
      'opinie',
    ]);
  });

  test('is what the shop wrote, where it wrote something', () => {
    const texts = { greeting: 'Moin {name}', groupMark: '.' };
    const own = createText(messages, { ...DEFAULT_SETTINGS, texts });
    expect(own('greeting', { name: 'Jo' })).toBe('Moin Jo');
    expect(own('reviews', { count: 1000 })).toBe('1.000 reviews');
  });
});
