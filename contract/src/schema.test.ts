import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './index.ts';
import { reviewSubmission, settings } from './schema.ts';

const submission = { rating: 5, author: 'Mara', email: 'mara@example.com', body: 'Good.' };

describe('reviewSubmission', () => {
  test('accepts a whole review and trims its texts', () => {
    expect(reviewSubmission.parse({ ...submission, title: '  Nice ' })).toEqual({
      ...submission,
      title: 'Nice',
    });
  });

  test('drops what a visitor may not set', () => {
    const parsed = reviewSubmission.parse({ ...submission, verified: true, status: 'published' });
    expect(parsed).toEqual(submission);
  });

  test.each([
    ['rating', 0],
    ['rating', 4.5],
    ['rating', '5'],
    ['author', '  '],
    ['author', 'x'.repeat(101)],
    ['email', 'nobody'],
    ['title', 'x'.repeat(201)],
    ['body', 'x'.repeat(10_001)],
    ['body', 'NUL \0'],
    ['body', 'half a pair \uD83D'],
  ])('refuses %s = %j', (field, value) => {
    const result = reviewSubmission.safeParse({ ...submission, [field]: value });
    expect(result.error?.issues[0]?.path).toEqual([field]);
  });
});

describe('settings', () => {
  test('accepts what a new shop starts with', () => {
    expect(settings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  });

  test('accepts every layout, and no other', () => {
    const arranged = (arrangement: string) =>
      settings.safeParse({ ...DEFAULT_SETTINGS, layout: { pageSize: 10, arrangement } });
    expect(arranged('grid').data?.layout).toEqual({ pageSize: 10, arrangement: 'grid' });
    expect(arranged('compact').success).toBe(true);
    expect(arranged('masonry').success).toBe(false);
  });

  test.each(['red;background:url(//evil)', '</style>', 'var(--x)', 'expression(1)'])(
    'refuses the colour %s',
    (accentColor) => {
      const look = { ...DEFAULT_SETTINGS.look, accentColor };
      expect(settings.safeParse({ ...DEFAULT_SETTINGS, look }).success).toBe(false);
    },
  );
});
