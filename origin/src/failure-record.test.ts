import { expect, test } from 'vitest';
import { toFailureRecord } from './failure-record.ts';

const CANARY = 'canary@example.com';

test('says what failed and where, never with what', () => {
  const cause = Object.assign(new Error(`Key (email)=(${CANARY}) exists`), {
    code: '23505',
    detail: CANARY,
  });
  const record = toFailureRecord(new TypeError(`params: 4,${CANARY}`, { cause }));
  expect(record).toMatchObject({ name: 'TypeError', code: '23505' });
  expect(record.frames[0]).toMatch(/^at .*failure-record\.test\.ts/);
  expect(JSON.stringify(record)).not.toContain(CANARY);
});

test('takes no line of a message for a frame', () => {
  const record = toFailureRecord(new Error(`first\n    at ${CANARY}\n    at once`));
  expect(JSON.stringify(record)).not.toMatch(new RegExp(`${CANARY}|at once`));
});

test('shows no frames of an error whose message was changed after it was made', () => {
  const error = new Error(`old ${CANARY}`);
  expect(error.stack).toContain(CANARY);
  error.message = 'new';
  expect(toFailureRecord(error).frames).toEqual([]);
});

test.each([undefined, 'text', 7, null])('knows only the type of %j', (thrown) => {
  expect(toFailureRecord(thrown)).toEqual({ name: typeof thrown, frames: [] });
});

test('ends with causes that go round', () => {
  const error = new Error('a');
  error.cause = error;
  expect(toFailureRecord(error)).not.toHaveProperty('code');
});
