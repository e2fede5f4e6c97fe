/**
 * The same words as zod schemas, for the side that must doubt them. Imported by the origin only:
 * widgets and edge never pay for the validator.
 */

import { z } from 'zod';
import { capMarks } from './cap-marks.ts';
import { VARIANT_QUESTION } from './review.ts';
import { ADOPTED_PRODUCTS, ADOPTING_WIDGETS } from './settings.ts';
import type {
  QuestionSubmission,
  ReviewAnswer,
  ReviewEdit,
  ReviewSubmission,
  Settings,
  VoteSubmission,
} from './index.ts';

const NOT_STORABLE = 'must be well-formed text';

/** Whether Postgres can hold a text: it has neither U+0000 nor half of a surrogate pair. */
export const isStorableText = (value: string): boolean =>
  !value.includes('\0') && value.isWellFormed();

/**
 * Trimmed text as Postgres can hold it. Of marks and invisible characters in a row the first ten are
 * kept. Lengths are UTF-16 units.
 */
export const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .overwrite(capMarks)
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine(isStorableText, NOT_STORABLE);

/** The same to the letter, spaces at its ends too. */
const verbatim = (maxLength: number) =>
  z.string().max(maxLength).refine(isStorableText, NOT_STORABLE);

const rating = z.literal([1, 2, 3, 4, 5], 'must be a whole number from 1 to 5');

/** BCP 47, as far as widgets need it. */
export const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i, 'must be a language tag');

const NOT_A_VERSION = 'must be the version of settings';

/** What tells a retry from another request: in the body, or in the `Idempotency-Key` field. */
export const idempotencyKey = text(255).min(8, 'must have at least 8 characters');

/** More questions than a form can have. */
const CUSTOM_QUESTIONS_MAX = 20;
/** More options than a question can have. */
const OPTIONS_MAX = 30;

/** Stands in a query before a colon. */
const questionId = z.string().regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, - or _');

const hasNoRepeats = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** An answer to a shop's own question; whether it fits the question, the shop's form decides. */
const answerValue = z.union(
  [
    text(1_000).min(1, 'must not be empty'),
    z.array(text(100).min(1, 'must not be empty')).max(OPTIONS_MAX).refine(hasNoRepeats),
    rating,
  ],
  'must be a text, a list of texts or a whole number from 1 to 5',
);

/** Answers as they are kept, and as our own files hold them. */
export const reviewAnswers = z
  .array(z.object({ question: questionId, label: text(200).min(1), value: answerValue }))
  .max(CUSTOM_QUESTIONS_MAX + 1)
  .refine((answers) => hasNoRepeats(answers.map(({ question }) => question))) satisfies z.ZodType<
  ReviewAnswer[]
>;

/** Of a page or file on the web, not on a machine or network of somebody's own. */
const videoAddress = z
  .url({
    protocol: /^https$/,
    hostname: z.regexes.domain,
    error: 'must be an address that begins with https://',
  })
  .max(2_000, 'must have at most 2000 characters');

/** What a visitor sends to write a review. Fields it does not name are dropped. */
export const reviewSubmission = z.object({
  rating,
  title: text(200).exactOptional(),
  body: text(10_000).exactOptional(),
  author: text(100).min(1, 'must not be empty'),
  email: z.email('must be an e-mail address').max(254),
  locale: locale.exactOptional(),
  answers: z
    .array(z.object({ question: questionId, value: answerValue }))
    .max(CUSTOM_QUESTIONS_MAX)
    .refine(
      (answers) => hasNoRepeats(answers.map(({ question }) => question)),
      'must answer a question once',
    )
    .exactOptional(),
  media: z
    .array(z.string().regex(/^[\w-]{8,64}$/, 'must be the id of an upload'))
    .max(10, 'must be at most 10')
    .refine(hasNoRepeats, 'must name an upload once')
    .exactOptional(),
  videos: z
    .array(videoAddress)
    .max(3, 'must be at most 3')
    .refine(hasNoRepeats, 'must name a video once')
    .exactOptional(),
  consentVersion: z
    .int(NOT_A_VERSION)
    .min(1, NOT_A_VERSION)
    .max(2_147_483_647, NOT_A_VERSION)
    .exactOptional(),
  idempotencyKey: idempotencyKey.exactOptional(),
}) satisfies z.ZodType<ReviewSubmission>;

const editSecret = z.string().regex(/^[\w-]{16,64}$/, 'must be the editSecret of a receipt');

/** What its writer sends to change a review. */
export const reviewEdit = reviewSubmission
  .pick({ rating: true, title: true, body: true, author: true, locale: true, answers: true })
  .extend({
    secret: editSecret,
  }) satisfies z.ZodType<ReviewEdit>;

/** What its writer sends to withdraw it. */
export const reviewWithdrawal = z.object({ secret: editSecret });

/** What a visitor sends to ask. */
export const questionSubmission = z.object({
  body: text(2_000).min(1, 'must not be empty'),
  author: text(100).min(1, 'must not be empty'),
  email: z.email('must be an e-mail address').max(254),
  locale: locale.exactOptional(),
  idempotencyKey: idempotencyKey.exactOptional(),
}) satisfies z.ZodType<QuestionSubmission>;

/** What a visitor sends to vote. */
export const voteSubmission = z.object({
  vote: z.enum(['up', 'down', 'none'], 'must be up, down or none'),
  voter: z.string().regex(/^[\w-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _'),
}) satisfies z.ZodType<VoteSubmission>;

const customQuestion = z
  .object({
    id: questionId,
    kind: z.enum(['single', 'multiple', 'scale', 'text']),
    label: text(200).min(1, 'must not be empty'),
    options: z
      .array(text(100).min(1, 'must not be empty'))
      .min(1)
      .max(OPTIONS_MAX)
      .refine(hasNoRepeats, 'must differ from each other')
      .exactOptional(),
    required: z.boolean().exactOptional(),
  })
  .refine(
    ({ kind, options }) => (kind === 'single' || kind === 'multiple') === (options !== undefined),
    { path: ['options'], error: 'must be given where one is to choose, and only there' },
  );

const reviewForm = z.object({
  questions: z
    .array(customQuestion)
    .max(CUSTOM_QUESTIONS_MAX)
    .refine(
      (questions) => hasNoRepeats(questions.map(({ id }) => id)),
      'must have ids of their own',
    )
    .refine(
      (questions) => questions.every(({ id }) => id !== VARIANT_QUESTION),
      `must leave the id ${VARIANT_QUESTION} to the variant of the product`,
    )
    .exactOptional(),
  consentText: text(1_000).exactOptional(),
});

/** A colour that is safe inside a style sheet: a name, a hex value or a plain functional notation. */
const color = z
  .string()
  .regex(/^(#[0-9a-f]{3,8}|[a-z]{3,30}|(rgb|hsl|oklch)\([0-9., /%deg-]{1,60}\))$/i);

/** More instances than a shop has widgets. */
const INSTANCES_MAX = 200;

const adoption = z.object({
  from: z.array(z.enum(ADOPTED_PRODUCTS)).refine(hasNoRepeats, 'must name a product once'),
  instances: z
    .record(
      z.string().regex(/^\w{1,40}$/, 'must be a number of an instance'),
      z.enum(ADOPTING_WIDGETS),
    )
    .refine((instances) => Object.keys(instances).length <= INSTANCES_MAX)
    .exactOptional(),
});

/** A shop's settings, as stored and as published. */
export const settings = z.object({
  version: z.int().positive(),
  locale,
  look: z.object({
    scheme: z.enum(['auto', 'light', 'dark']),
    accentColor: color.exactOptional(),
    starColor: color.exactOptional(),
    cornerRadius: z.number().min(0).max(48).exactOptional(),
  }),
  layout: z.object({
    pageSize: z.int().min(1).max(100),
    arrangement: z.enum(['list', 'grid', 'compact']).exactOptional(),
    pages: z.enum(['more', 'numbered']).exactOptional(),
  }),
  texts: z.record(verbatim(60), verbatim(500)),
  form: reviewForm.exactOptional(),
  adopt: adoption.exactOptional(),
}) satisfies z.ZodType<Settings>;
