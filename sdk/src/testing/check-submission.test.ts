/** The real validator is the yardstick: on any body, both find the same fields wrong, in the same words. */
import {
  questionSubmission,
  reviewEdit,
  reviewSubmission,
  voteSubmission,
} from '@plaudit/contract/schema';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checked } from './check-fields.ts';
import { checkEdit, checkQuestion, checkReview, checkVote } from './check-submission.ts';

const good = { rating: 4, author: 'Jo', email: 'jo@example.com' };

const anything = fc.oneof(
  fc.anything({ maxDepth: 1, withNullPrototype: false }).map(asJson),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: -1, max: 6 }),
  fc.constantFrom('', ' ', '\0', '\uD800', 'de', 'de-AT', 'de_AT', 'down', 'x'.repeat(101)),
  fc.constantFrom('x'.repeat(15), 'x'.repeat(16), `${'x'.repeat(16)}\n`, 'x'.repeat(65)),
  fc.constantFrom('x'.repeat(201), `${'x'.repeat(199)}  `, 'x'.repeat(256), 'x'.repeat(10_001)),
  fc.constantFrom('jo@example.com', 'a.b+c@x.co.uk', 'jo', 'jo@', '@x.de', 'a..b@x.de', 'a@x', 3),
);

/** What a body can hold after it was JSON. */
function asJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? 0 : part,
  ) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as unknown);
}

/** A good body of which some fields hold anything, and now and then something else altogether. */
const spoiled = (good: object, fields: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    anything,
    fc
      .record(Object.fromEntries([...fields, 'other'].map((field) => [field, anything])), {
        requiredKeys: [],
      })
      .map((some) => ({ ...good, ...some })),
    fc.record(Object.fromEntries(Object.keys(good).map((field) => [field, anything])), {
      requiredKeys: [],
    }),
  );

interface Validator {
  safeParse: (body: unknown) => {
    data?: unknown;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  };
}

/** The first thing wrong with each field: the real one may name a second. */
function expectedOf(validator: Validator, body: unknown): Checked<unknown> {
  const { data, error } = validator.safeParse(body);
  if (!error) return { submission: data };
  const errors = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.join('.');
    if (!errors.has(field)) errors.set(field, message);
  }
  return { errors: [...errors].map(([field, message]) => ({ field, message })) };
}

const texts = ['body', 'author', 'email', 'locale', 'idempotencyKey'];
const goodQuestion = { body: 'Does it whistle?', author: 'Jo', email: 'jo@example.com' };
const goodEdit = { rating: 4, author: 'Jo', secret: 'x'.repeat(32) };
const goodVote = { vote: 'up', voter: 'a-visitor-of-the-shop' };

test.each([
  [
    'review',
    checkReview,
    reviewSubmission,
    spoiled(good, ['rating', 'title', 'consentVersion', ...texts]),
  ],
  ['change', checkEdit, reviewEdit, spoiled(goodEdit, ['title', 'body', 'secret'])],
  ['question', checkQuestion, questionSubmission, spoiled(goodQuestion, texts)],
  ['vote', checkVote, voteSubmission, spoiled(goodVote, ['vote', 'voter'])],
] as const)('a %s is checked as the real server checks it', (_what, check, validator, bodies) => {
  fc.assert(
    fc.property(bodies, (body) => {
      expect(check(body)).toEqual(expectedOf(validator, body));
    }),
    { numRuns: 1000 },
  );
});

const option = fc.constantFrom('a', ' ', '', 'x'.repeat(101), 4);
const answer = fc.record(
  {
    question: fc.constantFrom('fit', 'size-1', 'a:b', '', 3),
    value: fc.oneof(option, fc.array(option, { maxLength: 3 }), fc.integer({ min: 0, max: 6 })),
  },
  { requiredKeys: [] },
);
const address = fc.oneof(
  fc.constantFrom('https://videos.example/1', 'https://videos.example/2', ' https://a.example', 7),
  fc.constantFrom('http://videos.example', 'javascript:alert(1)', '//videos.example', 'videos', ''),
  fc.constantFrom('https://localhost/1', 'https://127.0.0.1/1', 'https://[::1]/', 'https://a.b.1'),
  fc.webUrl(),
  fc.string(),
);
const lists = fc.oneof(
  fc.record({ answers: fc.array(answer, { maxLength: 3 }) }),
  fc.record({ answers: fc.constantFrom({}, 'a', [null], [3], [[]]) }),
  fc.record({ media: fc.array(fc.constantFrom('upload-1', 'upload-2', 'short', 7)) }),
  fc.record({ videos: fc.array(address, { maxLength: 4 }) }),
);

test('lists of answers and uploads are refused where the real server refuses them', () => {
  fc.assert(
    fc.property(lists, (fields) => {
      const body = { ...good, ...fields };
      expect('submission' in checkReview(body)).toBe(reviewSubmission.safeParse(body).success);
    }),
    { numRuns: 1000 },
  );
});
