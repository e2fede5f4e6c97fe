/** From the form's fields to what is sent, and to what is wrong with them. */

import {
  VARIANT_QUESTION,
  type AnswerValue,
  type CustomQuestion,
  type Problem,
  type Rating,
  type ReviewSubmission,
} from '@plaudit/sdk';

/** The form's fields, by the names that the server uses too. */
export const FIELDS = ['rating', 'title', 'body', 'videos', 'author', 'email'] as const;
export type Field = (typeof FIELDS)[number];

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<Field | AnswerField | 'media', string>>;

/** What the field of a shop's own question is called. */
export const toFieldName = ({ id }: CustomQuestion): AnswerField => `answer-${id}`;
type AnswerField = `answer-${string}`;

/** Reads a valid form. What was left empty is left out. */
export function readSubmission(
  form: FormData,
  locale: string,
  questions: readonly CustomQuestion[],
): ReviewSubmission {
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
  if (read('videos')) submission.videos = [read('videos')];
  const answers = questions.flatMap((question) => {
    const value = readAnswer(form, question);
    return value === undefined ? [] : [{ question: question.id, value }];
  });
  if (answers.length > 0) submission.answers = answers;
  return submission;
}

/** The submission with the variant of the product that it is about. */
export const addVariant = (submission: ReviewSubmission, variant: string): ReviewSubmission => ({
  ...submission,
  answers: [{ question: VARIANT_QUESTION, value: variant }, ...(submission.answers ?? [])],
});

/** What was answered to a question of the shop's own; absent where nothing was. */
export function readAnswer(form: FormData, question: CustomQuestion): AnswerValue | undefined {
  const values = form
    .getAll(toFieldName(question))
    .flatMap((value) => (typeof value === 'string' && value.trim() ? [value.trim()] : []));
  const [first] = values;
  if (first === undefined) return undefined;
  if (question.kind === 'multiple') return values;
  return question.kind === 'scale' ? Number(first) : first;
}

/** The fields that the server refused; of a list, it names the member (`videos.0`). */
export function toFieldErrors({ errors = [] }: Problem): FieldErrors {
  return Object.fromEntries(errors.map(({ field, message }) => [field.split('.')[0], message]));
}
