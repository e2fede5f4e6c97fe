/** Turns one record of a file into a review, or says what is wrong with it. */
import { createHash } from 'node:crypto';
import {
  PRODUCT_ID_MAX_LENGTH,
  SITE_PRODUCT_ID,
  VARIANT_MAX_LENGTH,
  VARIANT_QUESTION,
  type Incentive,
  type Rating,
  type ReviewAnswer,
  type ReviewStatus,
  type Translation,
} from '@plaudit/contract';
import { decodeHTML } from 'entities';
import type { ColumnMap, Field } from './columns.ts';
import { unguardFormula } from './formula-guard.ts';
import { readAnswers, readIncentive, toCustomAnswer } from './read-answers.ts';
import { readDate } from './read-date.ts';
import { readRating, type RatingScale } from './read-rating.ts';

/** A review as a file tells it. Absent values are what the file does not say. */
export interface ImportedReview {
  /** What names the product: the shop's own id, its handle, SKU, or a slug of its title. */
  productId: string;
  /** The other names that the row gives the product, should the shop know it by one of those. */
  otherProductIds: string[];
  productTitle?: string;
  productUrl?: string;
  productImageUrl?: string;
  rating: Rating;
  title?: string;
  body?: string;
  author?: string;
  email?: string;
  createdAt?: Date;
  /** Never true unless the file says so. */
  verified: boolean;
  incentivized: boolean;
  incentive?: Incentive;
  /** To questions of a shop's own; which variant it is of stands first. */
  answers: ReviewAnswer[];
  locale?: string;
  country?: string;
  status: ReviewStatus;
  reply?: { body: string; createdAt?: Date };
  translation?: Translation;
  helpfulUp: number;
  helpfulDown: number;
  pictureUrls: string[];
  videoUrls: string[];
  /** What was longer than is kept, and has been cut. */
  cut: Field[];
  /** The id that the source gave the review. */
  sourceId?: string;
}

/** How a file's records are to be understood. */
export interface RecordReading {
  columns: ColumnMap;
  /** Columns that hold answers to a shop's own questions. */
  questions?: readonly string[];
  ratingScale: RatingScale;
  dateFormat?: string;
  decodeEntities: boolean;
  /** Whether apostrophes that guard against formulas are taken off. */
  unguardFormulas: boolean;
  /** Lists of addresses are separated by white space only, and not by what may be in an address. */
  hasPlainLists: boolean;
}

/** A record that cannot become a review; the message says why, for the person who imports. */
export class RecordError extends Error {
  readonly field: Field | undefined;

  constructor(reason: string, field?: Field) {
    super(reason);
    this.field = field;
  }
}

/** Longest text of each field, in UTF-16 code units, and how many addresses. */
const MAX_LENGTHS = {
  productTitle: 200,
  title: 200,
  body: 10_000,
  reply: 10_000,
  author: 100,
  variant: VARIANT_MAX_LENGTH,
  translationTitle: 200,
  translationBody: 10_000,
} as const;
const MEDIA_MAX = 10;
const EMAIL_MAX_LENGTH = 254;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;
const YES = new Set([
  'true',
  'yes',
  'y',
  '1',
  'verified',
  'verified_buyer',
  'verified buyer',
  'verified-purchase',
]);
const STATUS: Record<string, ReviewStatus> = {
  published: 'published',
  ok: 'published',
  active: 'published',
  approved: 'published',
  true: 'published',
  yes: 'published',
  '1': 'published',
  pending: 'pending',
  hold: 'pending',
  unapproved: 'pending',
  unpublished: 'pending',
  hidden: 'pending',
  false: 'pending',
  no: 'pending',
  '0': 'pending',
  spam: 'rejected',
  trash: 'rejected',
  rejected: 'rejected',
  disapproved: 'rejected',
  archived: 'archived',
};

/**
 * Reads one record.
 * @throws RecordError when it has no product, no valid rating, or an unreadable date
 */
export function toImportedReview(
  cells: Record<string, string>,
  reading: RecordReading,
): ImportedReview {
  const text = (field: Field): string | undefined => {
    const column = reading.columns[field];
    return toText(column === undefined ? '' : (cells[column] ?? ''), reading);
  };
  const cut: Field[] = [];
  const clipped = (field: keyof typeof MAX_LENGTHS): string | undefined => {
    const whole = text(field);
    const kept = clip(whole, MAX_LENGTHS[field]);
    if (whole !== undefined && kept !== undefined && kept.length < whole.length) cut.push(field);
    return kept;
  };
  const addresses = (field: 'pictures' | 'videos'): string[] => {
    const all = httpUrls(text(field), reading.hasPlainLists);
    if (all.length > MEDIA_MAX) cut.push(field);
    return all.slice(0, MEDIA_MAX);
  };
  const date = (field: 'createdAt' | 'replyAt') =>
    optionalDate(field, text(field), reading.dateFormat);
  const isYes = (field: 'verified' | 'incentivized') => YES.has(text(field)?.toLowerCase() ?? '');
  const rating = requireRating(text('rating'), reading.ratingScale);
  const [productId, ...otherProductIds] = requireProductIds(text);
  const reply = clipped('reply');
  const incentive = readIncentive(text('incentive'));
  return definedOnly({
    productId,
    otherProductIds,
    productTitle: clipped('productTitle'),
    productUrl: httpUrl(text('productUrl')),
    productImageUrl: httpUrl(text('productImageUrl')),
    rating,
    title: clipped('title'),
    body: clipped('body'),
    author: clipped('author'),
    email: emailAddress(text('email')),
    createdAt: date('createdAt'),
    verified: isYes('verified'),
    incentivized: isYes('incentivized') || incentive !== undefined,
    incentive,
    answers: [
      ...variantAnswer(clipped('variant')),
      ...answers(text('answers')),
      ...customAnswers(cells, reading),
    ],
    locale: matching(text('locale'), LANGUAGE),
    country: matching(text('country'), /^[a-z]{2}$/i)?.toUpperCase(),
    status: STATUS[text('status')?.toLowerCase() ?? 'published'] ?? 'pending',
    reply: reply ? definedOnly({ body: reply, createdAt: date('replyAt') }) : undefined,
    translation: translation(
      matching(text('translationLocale'), LANGUAGE),
      clipped('translationTitle'),
      clipped('translationBody'),
    ),
    helpfulUp: count(text('helpfulUp')),
    helpfulDown: count(text('helpfulDown')),
    pictureUrls: addresses('pictures'),
    videoUrls: addresses('videos'),
    cut,
    sourceId: text('sourceId'),
  });
}

/** A cell as the text it stands for; undefined when it says nothing. */
function toText(cell: string, reading: RecordReading): string | undefined {
  const plain = reading.unguardFormulas ? unguardFormula(cell) : cell;
  const decoded = reading.decodeEntities && plain.includes('&') ? decodeHTML(plain) : plain;
  return decoded.replaceAll('\0', '').trim() || undefined;
}

/** What `toImportedReview` builds before absent values are left out. */
type WithUndefined<T> = { [K in keyof T]: T[K] | undefined };

function definedOnly<T extends object>(value: WithUndefined<T>): T {
  const defined: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) {
    if (value[key] !== undefined) defined[key] = value[key];
  }
  return defined as T;
}

function requireRating(text: string | undefined, scale: RatingScale): Rating {
  if (text === undefined) throw new RecordError('has no rating', 'rating');
  const rating = readRating(text, scale);
  if (rating === undefined)
    throw new RecordError(`has a rating that is not one of 1 to ${scale}`, 'rating');
  return rating;
}

function requireProductIds(
  text: (field: Field) => string | undefined,
): [first: string, ...others: string[]] {
  const given = [text('productId'), text('productHandle'), text('productSku')];
  const named = given.filter((id) => id !== undefined);
  const [first, ...others] = new Set(named.length > 0 ? named : [toSlug(text('productTitle'))]);
  if (!first) throw new RecordError('names no product', 'productId');
  if (first === SITE_PRODUCT_ID) {
    throw new RecordError(
      'names the shop itself, which files call yotpo_site_reviews',
      'productId',
    );
  }
  if (first.length > PRODUCT_ID_MAX_LENGTH) {
    const reason = `has a product id of more than ${PRODUCT_ID_MAX_LENGTH} characters`;
    throw new RecordError(reason, 'productId');
  }
  const short = others.filter((id) => id !== undefined && id.length <= PRODUCT_ID_MAX_LENGTH);
  return [first.toWellFormed(), ...short.map((id) => String(id).toWellFormed())];
}

/** A stable id from a product's title, for files that know products by name only. */
function toSlug(title: string | undefined): string | undefined {
  const slug = title
    ?.normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  if (!slug || slug.length <= PRODUCT_ID_MAX_LENGTH) return slug;
  const digest = createHash('sha256').update(slug).digest('hex').slice(0, 12);
  return `${slug.slice(0, PRODUCT_ID_MAX_LENGTH - 13)}-${digest}`;
}

function optionalDate(
  field: Field,
  text: string | undefined,
  format: string | undefined,
): Date | undefined {
  if (text === undefined || format === undefined) return undefined;
  const date = readDate(text, format);
  if (!date) throw new RecordError(`has a date that is no day in the form ${format}`, field);
  return date;
}

/** Longer texts are cut between characters, never inside one. */
function clip(text: string | undefined, maxLength: number): string | undefined {
  if (text === undefined || text.length <= maxLength) return text?.toWellFormed();
  return text
    .slice(0, maxLength)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
}

const matching = (text: string | undefined, pattern: RegExp): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;

const variantAnswer = (value: string | undefined): ReviewAnswer[] =>
  value === undefined ? [] : [{ question: VARIANT_QUESTION, label: 'Variant', value }];

function answers(text: string | undefined): ReviewAnswer[] {
  const read = readAnswers(text);
  if (!read) throw new RecordError('has answers that are no list as we write it', 'answers');
  return read;
}

/** Of two columns whose headings come to the same question, the first one with an answer counts. */
function customAnswers(cells: Record<string, string>, reading: RecordReading): ReviewAnswer[] {
  const byQuestion = new Map<string, ReviewAnswer>();
  for (const heading of reading.questions ?? []) {
    const value = toText(cells[heading] ?? '', reading);
    const answer = value === undefined ? undefined : toCustomAnswer(heading, value);
    if (answer && !byQuestion.has(answer.question)) byQuestion.set(answer.question, answer);
  }
  return [...byQuestion.values()];
}

function translation(locale?: string, title?: string, body?: string): Translation | undefined {
  const hasText = title !== undefined || body !== undefined;
  return locale !== undefined && hasText ? definedOnly({ locale, title, body }) : undefined;
}

const count = (text = '0'): number => (/^\d{1,7}$/.test(text) ? Number(text) : 0);

function httpUrl(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 2000 ? url.href : undefined;
}

/** Lists of addresses are separated by commas, semicolons, pipes or white space. */
function httpUrls(text: string | undefined, isPlain: boolean): string[] {
  const parts = text?.split(isPlain ? /\s+/ : /(?<![,;|\s])[,;|\s]+(?=https?:)/) ?? [];
  return parts.map((part) => httpUrl(part.trim())).filter((url) => url !== undefined);
}

/** Files hold all sorts of things in this column; what cannot be an address is not kept. */
function emailAddress(text: string | undefined): string | undefined {
  const isPlausible = text !== undefined && text.length <= EMAIL_MAX_LENGTH;
  return isPlausible && /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : undefined;
}
