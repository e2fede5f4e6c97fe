/**
 * What the real server checks of a review that is sent, field by field and with the same messages
 * (those of lists are coarser).
 * Written out, because its validator weighs a hundred times as much; a test holds the two together.
 */

import type { FieldError, ReviewSubmission } from '@plaudit/contract';
import { isListOfAnswers, isListOfUploads } from './check-lists.ts';

/** Says what is wrong, if anything. */
type Check = (value: unknown) => string | undefined;

const expected = (type: string, value: unknown): string =>
  `Invalid input: expected ${type}, received ${typeOf(value)}`;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const text =
  (maxLength: number, minLength = 0, tooShort = ''): Check =>
  (value) => {
    if (typeof value !== 'string') return expected('string', value);
    // Characters are code points here.
    const { length } = Array.from(value.trim());
    if (length > maxLength) return `must have at most ${maxLength} characters`;
    if (value.includes('\0') || !value.isWellFormed()) return 'must be well-formed text';
    return length < minLength ? tooShort : undefined;
  };

const rating: Check = (value) =>
  [1, 2, 3, 4, 5].some((stars) => stars === value)
    ? undefined
    : 'must be a whole number from 1 to 5';

/** Coarser than the real check, which knows more wrong addresses. */
const EMAIL = /^(?=.{1,254}$)[\w'+-]+(\.[\w'+-]+)*@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/i;
const email: Check = (value) =>
  typeof value === 'string' && EMAIL.test(value) ? undefined : 'must be an e-mail address';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;
const locale: Check = (value) => {
  if (typeof value !== 'string') return expected('string', value);
  return LANGUAGE_TAG.test(value) ? undefined : 'must be a language tag';
};

/** Also for the header field of that name. */
export const checkIdempotencyKey: Check = text(255, 8, 'must have at least 8 characters');

const CHECKS: Record<keyof ReviewSubmission, { check: Check; isRequired?: true }> = {
  rating: { check: rating, isRequired: true },
  title: { check: text(200) },
  body: { check: text(10_000) },
  author: { check: text(100, 1, 'must not be empty'), isRequired: true },
  email: { check: email, isRequired: true },
  locale: { check: locale },
  answers: { check: (value) => (isListOfAnswers(value) ? undefined : 'must be answers') },
  media: { check: (value) => (isListOfUploads(value) ? undefined : 'must be ids of uploads') },
  idempotencyKey: { check: checkIdempotencyKey },
};

/** What to make of a submission: itself, trimmed and without unknown fields, or all that is wrong. */
export type CheckedSubmission = { submission: ReviewSubmission } | { errors: FieldError[] };

/** Checks a body as it came out of JSON. */
export function checkSubmission(body: unknown): CheckedSubmission {
  if (typeOf(body) !== 'object') {
    return { errors: [{ field: '', message: expected('object', body) }] };
  }
  const given = new Map(Object.entries(body as object));
  const checks = Object.entries(CHECKS).filter(
    ([field, { isRequired }]) => isRequired || given.has(field),
  );
  const errors = checks.flatMap(([field, { check }]) => {
    const message = check(given.get(field));
    return message === undefined ? [] : [{ field, message }];
  });
  if (errors.length > 0) return { errors };
  const fields = checks.map(([field]) => {
    const value: unknown = given.get(field);
    return [field, typeof value === 'string' ? value.trim() : value];
  });
  return { submission: Object.fromEntries(fields) as ReviewSubmission };
}
