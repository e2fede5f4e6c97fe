/** What the real server checks of what visitors send, in its words (those of lists are coarser). */

import type {
  QuestionSubmission,
  ReviewEdit,
  ReviewSubmission,
  VoteSubmission,
} from '@plaudit/contract';
import {
  checkFields,
  email,
  matching,
  oneOf,
  text,
  type Check,
  type Checked,
  type Checks,
} from './check-fields.ts';
import { isListOfAnswers, isListOfUploads, isListOfVideos } from './check-lists.ts';

const author = { check: text(100, 1, 'must not be empty'), isRequired: true } as const;
const locale = {
  check: matching(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i, 'must be a language tag'),
};

/** Also for the header field of that name. */
export const checkIdempotencyKey: Check = text(255, 8, 'must have at least 8 characters');

const REVIEW: Checks<ReviewSubmission> = {
  rating: {
    check: oneOf([1, 2, 3, 4, 5], 'must be a whole number from 1 to 5'),
    isRequired: true,
  },
  title: { check: text(200) },
  body: { check: text(10_000) },
  author,
  email: { check: email, isRequired: true },
  locale,
  answers: { check: (value) => (isListOfAnswers(value) ? undefined : 'must be answers') },
  media: { check: (value) => (isListOfUploads(value) ? undefined : 'must be ids of uploads') },
  videos: {
    check: (value) => (isListOfVideos(value) ? undefined : 'must be addresses of videos'),
  },
  consentVersion: { check: isVersion },
  idempotencyKey: { check: checkIdempotencyKey },
};

function isVersion(value: unknown): string | undefined {
  const isOne = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2_147_483_647;
  return isOne ? undefined : 'must be the version of settings';
}

const { rating, title, body, answers } = REVIEW;
const secret = {
  check: matching(/^[\w-]{16,64}$/, 'must be the editSecret of a receipt'),
  isRequired: true,
} as const;
const EDIT: Checks<ReviewEdit> = {
  rating,
  title,
  body,
  author,
  locale,
  answers,
  secret,
};

const QUESTION: Checks<QuestionSubmission> = {
  body: { check: text(2_000, 1, 'must not be empty'), isRequired: true },
  author,
  email: { check: email, isRequired: true },
  locale,
  idempotencyKey: { check: checkIdempotencyKey },
};

const VOTE: Checks<VoteSubmission> = {
  vote: { check: oneOf(['up', 'down', 'none'], 'must be up, down or none'), isRequired: true },
  voter: {
    check: matching(/^[\w-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _'),
    isRequired: true,
  },
};

export const checkReview = (body: unknown): Checked<ReviewSubmission> => checkFields(REVIEW, body);
export const checkEdit = (body: unknown): Checked<ReviewEdit> => checkFields(EDIT, body);
export const checkWithdrawal = (body: unknown): Checked<{ secret: string }> =>
  checkFields<{ secret: string }>({ secret }, body);
export const checkQuestion = (body: unknown): Checked<QuestionSubmission> =>
  checkFields(QUESTION, body);
export const checkVote = (body: unknown): Checked<VoteSubmission> => checkFields(VOTE, body);
