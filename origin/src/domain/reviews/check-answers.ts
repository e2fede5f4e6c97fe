/** Whether answers fit the questions that a shop asks of reviewers. */
import type {
  AnswerValue,
  CustomQuestion,
  FieldError,
  ReviewAnswer,
  ReviewForm,
  ReviewSubmission,
} from '@plaudit/contract';
import { InvalidAnswersError } from '../errors.ts';

const MUST: Record<CustomQuestion['kind'], string> = {
  single: 'must be one of the options',
  multiple: 'must be a list of the options',
  scale: 'must be a whole number from 1 to 5',
  text: 'must be a text',
};

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
  for (const question of form?.questions ?? []) {
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

function fits({ kind, options = [] }: CustomQuestion, value: AnswerValue): boolean {
  if (Array.isArray(value)) {
    return kind === 'multiple' && value.every((option) => options.includes(option));
  }
  if (typeof value === 'number') return kind === 'scale';
  return kind === 'text' || (kind === 'single' && options.includes(value));
}

/** What a list can be narrowed down to by these answers; free words are for reading only. */
export function filterableParts(
  form: ReviewForm | undefined,
  answers: readonly ReviewAnswer[],
): { question: string; value: string }[] {
  const words = new Set(form?.questions?.filter(({ kind }) => kind === 'text').map(({ id }) => id));
  return answers
    .filter(({ question }) => !words.has(question))
    .flatMap(({ question, value }) =>
      [value].flat().map((part) => ({ question, value: String(part) })),
    );
}
