/** What reviewers answered to a shop's own questions, as our files hold it: a list in JSON. */
import { INCENTIVES, VARIANT_QUESTION, type Incentive, type ReviewAnswer } from '@plaudit/contract';
import { reviewAnswers } from '@plaudit/contract/schema';

/** @returns undefined when the text is no such list; none when there is no text */
export function readAnswers(json: string | undefined): ReviewAnswer[] | undefined {
  if (json === undefined) return [];
  try {
    const { data } = reviewAnswers.safeParse(JSON.parse(json));
    // The variant has a column of its own.
    return data?.filter(({ question }) => question !== VARIANT_QUESTION);
  } catch {
    return undefined;
  }
}

/** How Judge.me heads the columns of a shop's own questions. */
export const CUSTOM_FIELD = /^cf_/i;
/** As far as `ReviewAnswer` holds, in UTF-16 units. */
const QUESTION_MAX_LENGTH = 40;
const LABEL_MAX_LENGTH = 200;
const VALUE_MAX_LENGTH = 1000;

/** An answer by the heading of its column: as words, whatever the question was. */
export function toCustomAnswer(heading: string, value: string): ReviewAnswer {
  const label = heading.replace(CUSTOM_FIELD, '').replaceAll('_', ' ').trim() || heading;
  const id = label.toLowerCase().replaceAll(/[^\w-]+/g, '_');
  return {
    question: `cf_${id}`.slice(0, QUESTION_MAX_LENGTH),
    label: label.slice(0, LABEL_MAX_LENGTH).toWellFormed(),
    value: value.slice(0, VALUE_MAX_LENGTH).toWellFormed(),
  };
}

/** @returns undefined as well for what is no kind of ours */
export const readIncentive = (text: string | undefined): Incentive | undefined =>
  INCENTIVES.find((kind) => kind === text);
