/** The real validator is the yardstick: on any body, both find the same fields wrong, in the same words. */
import { reviewSubmission } from '@plaudit/contract/schema';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSubmission } from './check-submission.ts';

const good = { rating: 4, author: 'Jo', email: 'jo@example.com' };

const anything = fc.oneof(
  fc.anything({ maxDepth: 1, withNullPrototype: false }).map(asJson),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer({ min: -1, max: 6 }),
  fc.constantFrom('', ' ', '\0', '\uD800', 'de', 'de-AT', 'de_AT', 'x'.repeat(101)),
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

const bodies = fc.oneof(
  anything,
  fc
    .record(
      {
        rating: anything,
        title: anything,
        body: anything,
        author: anything,
        email: anything,
        locale: anything,
        idempotencyKey: anything,
        other: anything,
      },
      { requiredKeys: [] },
    )
    .map((fields) => ({ ...good, ...fields })),
  fc.record({ rating: anything, author: anything, email: anything }, { requiredKeys: [] }),
);

/** The first thing wrong with each field: the real one may name a second. */
function expectedFor(body: unknown): ReturnType<typeof checkSubmission> {
  const { data, error } = reviewSubmission.safeParse(body);
  if (data) return { submission: data };
  const errors = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.join('.');
    if (!errors.has(field)) errors.set(field, message);
  }
  return { errors: [...errors].map(([field, message]) => ({ field, message })) };
}

test('a submission is checked as the real server checks it', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      expect(checkSubmission(body)).toEqual(expectedFor(body));
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
const lists = fc.oneof(
  fc.record({ answers: fc.array(answer, { maxLength: 3 }) }),
  fc.record({ answers: fc.constantFrom({}, 'a', [null], [3], [[]]) }),
  fc.record({ media: fc.array(fc.constantFrom('upload-1', 'upload-2', 'short', 7)) }),
);

test('lists of answers and uploads are refused where the real server refuses them', () => {
  fc.assert(
    fc.property(lists, (fields) => {
      const body = { ...good, ...fields };
      expect('submission' in checkSubmission(body)).toBe(reviewSubmission.safeParse(body).success);
    }),
    { numRuns: 1000 },
  );
});
