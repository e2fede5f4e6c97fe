import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './index.ts';
import { questionSubmission, reviewSubmission, settings, voteSubmission } from './schema.ts';

const submission = { rating: 5, author: 'Mara', email: 'mara@example.com', body: 'Good.' };

describe('reviewSubmission', () => {
  test('accepts a whole review and trims its texts', () => {
    expect(reviewSubmission.parse({ ...submission, title: '  Nice ' })).toEqual({
      ...submission,
      title: 'Nice',
    });
  });

  test('UG02: caps floods of marks and of what cannot be seen, and keeps what people write', () => {
    const bodyOf = (body: string) => reviewSubmission.parse({ ...submission, body }).body;
    expect(bodyOf(`Z${'\u0301'.repeat(500)}algo`)).toBe(`Z${'\u0301'.repeat(10)}algo`);
    expect(bodyOf(`a${'\u200B'.repeat(9000)}b`)).toBe(`a${'\u200B'.repeat(10)}b`);
    expect(bodyOf(`a${'\u0335\u200D'.repeat(100)}b`)).toBe(`a${'\u0335\u200D'.repeat(5)}b`);
    for (const kept of ['👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽🧶', 'הַלְּבָנָֽה', 'བརྒྱུད་རྫོགས', 'क्षत्रिय न\u200Dं', 'Z͎͑a̩͈l̲g̳̉o', '𝒯𝑒𝓍𝓉 𠜎']) {
      expect(bodyOf(kept)).toBe(kept);
    }
  });

  test('UG02: refuses half a surrogate pair, wherever it stands', () => {
    for (const body of ['\uD83D', 'a\uDE00', '\uDE00\uD83D', '😀\uD83D']) {
      expect(reviewSubmission.safeParse({ ...submission, body }).success).toBe(false);
    }
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

describe('answers and media of a review', () => {
  const answersOf = (answers: unknown) => reviewSubmission.safeParse({ ...submission, answers });

  test('are a text, options or a place on a scale, and ids of uploads', () => {
    const answers = [
      { question: 'fit', value: 'Too small' },
      { question: 'worn_for', value: ['Sport', 'Work'] },
      { question: 'comfort-1', value: 4 },
    ];
    const whole = { ...submission, answers, media: ['0123456789ab'] };
    expect(reviewSubmission.parse(whole)).toEqual(whole);
  });

  test.each([
    ['a place beside the scale', [{ question: 'comfort', value: 6 }]],
    ['nothing', [{ question: 'fit', value: '' }]],
    ['an option twice', [{ question: 'fit', value: ['a', 'a'] }]],
    ['an id that is none', [{ question: 'a:b', value: 'x' }]],
    ['one question twice', Array.from({ length: 2 }, () => ({ question: 'fit', value: 'x' }))],
    ['too many', Array.from({ length: 21 }, (_, index) => ({ question: `q${index}`, value: 1 }))],
  ])('refuses %s', (_what, answers) => {
    expect(answersOf(answers).success).toBe(false);
  });

  test.each([['../../secret'], [Array.from({ length: 11 }, (_, n) => `upload-${n}`)], [['a b']]])(
    'refuses the uploads %j',
    (media) => {
      expect(reviewSubmission.safeParse({ ...submission, media }).success).toBe(false);
    },
  );
});

describe('videos of a review', () => {
  const parse = (videos: unknown) => reviewSubmission.safeParse({ ...submission, videos });

  test('are addresses on the web, kept as they are', () => {
    const videos = ['https://video.example/watch?v=1#t=3', 'https://films.example.co.uk/a%20b.mp4'];
    expect(parse(videos).data?.videos).toEqual(videos);
  });

  test.each([
    ['another scheme', ['http://video.example/1']],
    ['a program', ['javascript:alert(1)//https://video.example']],
    ['no scheme', ['//video.example/1']],
    ['a machine', ['https://localhost/1']],
    ['an address of the network', ['https://192.168.0.1/1']],
    ['an address of the network in hexadecimal', ['https://0x7f000001/']],
    ['an address of the network, version 6', ['https://[::1]/']],
    ['one twice', ['https://video.example/1', 'https://video.example/1']],
    ['too many', Array.from({ length: 4 }, (_, n) => `https://video.example/${n}`)],
    ['one that is too long', [`https://video.example/${'x'.repeat(2_000)}`]],
    ['what is no list', 'https://video.example/1'],
  ])('are not %s', (_what, videos) => {
    expect(parse(videos).error?.issues[0]?.path[0]).toBe('videos');
  });
});

describe('the form of a shop', () => {
  const form = (...questions: unknown[]) =>
    settings.safeParse({ ...DEFAULT_SETTINGS, form: { questions, consentText: 'We show it.' } });
  const fit = { id: 'fit', kind: 'single', label: 'How does it fit?', options: ['Well', 'Badly'] };
  const comfort = { id: 'comfort', kind: 'scale', label: 'Comfort', required: true };

  test('asks questions of four kinds', () => {
    const words = { id: 'use', kind: 'text', label: 'What for?' };
    const several = { ...fit, id: 'where', kind: 'multiple' };
    expect(form(fit, comfort, words, several).data?.form?.questions).toHaveLength(4);
  });

  test('refuses choices without options, options without a choice, and one id twice', () => {
    expect(form({ ...fit, options: undefined }).success).toBe(false);
    expect(form({ ...fit, options: [] }).success).toBe(false);
    expect(form({ ...fit, options: ['Well', 'Well'] }).success).toBe(false);
    expect(form({ ...comfort, options: ['1'] }).success).toBe(false);
    expect(form(fit, { ...comfort, id: 'fit' }).success).toBe(false);
  });

  test('leaves the variant of the product to the page', () => {
    expect(form({ ...comfort, id: 'variant' }).success).toBe(false);
  });
});

describe('settings', () => {
  test('accepts what a new shop starts with', () => {
    expect(settings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  });

  test('adopts the markup of known products, by known widgets', () => {
    const adopting = (adopt: unknown) => settings.safeParse({ ...DEFAULT_SETTINGS, adopt });
    const adopt = { from: ['yotpo', 'loox'], instances: { 539171: 'reviews' } };
    expect(adopting(adopt).data?.adopt).toEqual(adopt);
    expect(settings.parse(DEFAULT_SETTINGS)).not.toHaveProperty('adopt');
    for (const wrong of [
      { from: ['other'] },
      { from: ['loox', 'loox'] },
      { from: [], instances: { 1: 'script' } },
      { from: [], instances: { '<b>': 'rating' } },
    ]) {
      expect(adopting(wrong).success).toBe(false);
    }
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

describe('a vote', () => {
  const voter = 'A1-_'.repeat(8);

  test('is up, down or taken back, by a voter of letters and digits', () => {
    for (const vote of ['up', 'down', 'none']) {
      expect(voteSubmission.parse({ vote, voter })).toEqual({ vote, voter });
    }
    for (const wrong of ['short', 'x'.repeat(65), `${voter}\0`, 42]) {
      expect(voteSubmission.safeParse({ vote: 'up', voter: wrong }).success).toBe(false);
    }
    expect(voteSubmission.safeParse({ vote: 'sideways', voter }).success).toBe(false);
  });
});

test('a question needs words, a name and an address', () => {
  const question = { body: 'Is it warm?', author: 'Ada', email: 'ada@example.com' };
  expect(questionSubmission.parse({ ...question, shopId: 7 })).toEqual(question);
  for (const missing of ['body', 'author', 'email']) {
    expect(questionSubmission.safeParse({ ...question, [missing]: ' ' }).success).toBe(false);
  }
  expect(questionSubmission.safeParse({ ...question, body: 'x'.repeat(2001) }).success).toBe(false);
});
