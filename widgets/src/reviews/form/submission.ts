/** From the form's fields to what is sent, and to what is wrong with them. */

import type { Problem, Rating, ReviewSubmission } from '@plaudit/sdk';

/** The form's fields, by the names that the server uses too. */
export const FIELDS = ['rating', 'title', 'body', 'author', 'email'] as const;
export type Field = (typeof FIELDS)[number];

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<Field, string>>;

/** Reads a valid form. What was left empty is left out. */
export function readSubmission(form: FormData, locale: string): ReviewSubmission {
  const read = (field: Field): string => {
    const value = form.get(field);
    return typeof value === 'string' ? value.trim() : '';
  };
  const submission: ReviewSubmission = {
    rating: Number(read('rating')) as Rating,
    author: read('author'),
    email: read('email'),
    locale,
  };
  if (read('title')) submission.title = read('title');
  if (read('body')) submission.body = read('body');
  return submission;
}

/** The fields that the server refused. */
export function toFieldErrors({ errors = [] }: Problem): FieldErrors {
  return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
}
