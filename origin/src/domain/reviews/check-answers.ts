/** Whether answers fit the questions that a shop asks of reviewers. */
import {
  VARIANT_MAX_LENGTH,
  VARIANT_QUESTION,
  type AnswerValue,
  type CustomQuestion,
  type FieldError,
  type ReviewAnswer,
  type ReviewForm,
  type ReviewSubmission,
} from '@plaudit/contract';
import { InvalidAnswersError } from '../errors.ts';

const MUST: Record<CustomQuestion['kind'], string> = {
  single: 'must be one of the options',
  multiple: 'must be a list of the options',
  scale: 'must be a whole number from 1 to 5',
  text: 'must be a text',
};

const VARIANT: CustomQuestion = { id: VARIANT_QUESTION, kind: 'text', label: 'Variant' };

/**
 * The answers as they are kept, in the order of the form. Answers to questions that the form does
 * not ask (any more) are left out: a page may have been open since before it changed.
 * @throws InvalidAnswersError
 */
export function checkAnswers(
  form: ReviewForm | undefined,
  given: ReviewSubmission['answers'] = [],
): ReviewAnswer[] {
  const values = new Map(given.map(({ question, value }) => [question, value]));
  const answers: ReviewAnswer[] = [];
  const errors: FieldError[] = [];
  for (const question of [VARIANT, ...(form?.questions ?? [])]) {
    const field = `answers.${question.id}`;
    const value = values.get(question.id);
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      if (question.required) errors.push({ field, message: 'must be answered' });
    } else if (fits(question, value)) {
      answers.push({ question: question.id, label: question.label, value });
    } else {
      errors.push({ field, message: MUST[question.kind] });
    }
  }
  if (errors.length > 0) throw new InvalidAnswersError(errors);
  return answers;
}

function fits({ id, kind, options = [] }: CustomQuestion, value: AnswerValue): boolean {
  if (id === VARIANT_QUESTION && String(value).length > VARIANT_MAX_LENGTH) return false;
  if (Array.isArray(value)) {
    return kind === 'multiple' && value.every((option) => options.includes(option));
  }
  if (typeof value === 'number') return kind === 'scale';
  return kind === 'text' || (kind === 'single' && options.includes(value));
}

/**
 * What a list can be narrowed down to by these answers; free words are for reading only. Answers that came in
 * from elsewhere may be to questions that the form never asked: a text is taken for words then.
 */
export function filterableParts(
  form: ReviewForm | undefined,
  answers: readonly ReviewAnswer[],
): { question: string; value: string }[] {
  const choices = new Set([VARIANT_QUESTION]);
  for (const { id, kind } of form?.questions ?? []) if (kind !== 'text') choices.add(id);
  return answers
    .filter(({ question, value }) => typeof value !== 'string' || choices.has(question))
    .flatMap(({ question, value }) =>
      [value].flat().map((part) => ({ question, value: String(part) })),
    );
}
