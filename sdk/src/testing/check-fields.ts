/**
 * Field checks that say what the real server says of the same field. Written out, because its
 * validator weighs a hundred times as much; `check-submission.test.ts` holds the two together.
 */

import type { FieldError } from '@plaudit/contract';

/** Says what is wrong, if anything. */
export type Check = (value: unknown) => string | undefined;

/** How each field of a body is checked. */
export type Checks<T> = Record<keyof T, { check: Check; isRequired?: true }>;

/** What to make of a body: itself, trimmed and without unknown fields, or all that is wrong. */
export type Checked<T> = { submission: T } | { errors: FieldError[] };

const expected = (type: string, value: unknown): string =>
  `Invalid input: expected ${type}, received ${typeOf(value)}`;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Text of so many characters, which are code points here. */
export const text =
  (maxLength: number, minLength = 0, tooShort = ''): Check =>
  (value) => {
    if (typeof value !== 'string') return expected('string', value);
    const { length } = Array.from(value.trim());
    if (length > maxLength) return `must have at most ${maxLength} characters`;
    if (value.includes('\0') || !value.isWellFormed()) return 'must be well-formed text';
    return length < minLength ? tooShort : undefined;
  };

/** Text of this form. */
export const matching =
  (form: RegExp, message: string): Check =>
  (value) => {
    if (typeof value !== 'string') return expected('string', value);
    return form.test(value) ? undefined : message;
  };

/** One of these values. */
export const oneOf =
  (values: readonly unknown[], message: string): Check =>
  (value) =>
    values.includes(value) ? undefined : message;

/** Coarser than the real check, which knows more wrong addresses. */
const EMAIL = /^(?=.{1,254}$)[\w'+-]+(\.[\w'+-]+)*@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/i;
export const email: Check = (value) =>
  typeof value === 'string' && EMAIL.test(value) ? undefined : 'must be an e-mail address';

/** Checks a body as it came out of JSON. */
export function checkFields<T>(checks: Checks<T>, body: unknown): Checked<T> {
  if (typeOf(body) !== 'object') {
    return { errors: [{ field: '', message: expected('object', body) }] };
  }
  const given = new Map(Object.entries(body as object));
  const asked = Object.entries<Checks<T>[keyof T]>(checks).filter(
    ([field, { isRequired }]) => isRequired || given.has(field),
  );
  const errors = asked.flatMap(([field, { check }]) => {
    const message = check(given.get(field));
    return message === undefined ? [] : [{ field, message }];
  });
  if (errors.length > 0) return { errors };
  const fields = asked.map(([field]) => {
    const value: unknown = given.get(field);
    return [field, typeof value === 'string' ? value.trim() : value];
  });
  return { submission: Object.fromEntries(fields) as T };
}
