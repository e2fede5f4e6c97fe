/** Turns one record of a file into a review, or says what is wrong with it. */
import { createHash } from 'node:crypto';
import { PRODUCT_ID_MAX_LENGTH, type Rating } from '@plaudit/contract';
import { decodeHTML } from 'entities';
import type { ColumnMap, Field } from './columns.ts';
import { readDate } from './read-date.ts';
import { readRating, type RatingScale } from './read-rating.ts';

/** A review as a file tells it. Absent values are what the file does not say. */
export interface ImportedReview {
  /** The shop's own id, or its handle, or a slug of the title, in this order. */
  productId: string;
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
  locale?: string;
  country?: string;
  status: 'published' | 'pending' | 'rejected';
  reply?: { body: string; createdAt?: Date };
  helpfulUp: number;
  helpfulDown: number;
  pictureUrls: string[];
  /** The id that the source gave the review. */
  sourceId?: string;
}

/** How a file's records are to be understood. */
export interface RecordReading {
  columns: ColumnMap;
  ratingScale: RatingScale;
  dateFormat?: string;
  decodeEntities: boolean;
}

/** A record that cannot become a review; the message says why, for the person who imports. */
export class RecordError extends Error {}

const TITLE_MAX_LENGTH = 200;
const BODY_MAX_LENGTH = 10_000;
const PICTURES_MAX = 10;
const YES = new Set(['true', 'yes', 'y', '1', 'verified', 'verified_buyer', 'verified-purchase']);
const STATUS: Record<string, ImportedReview['status']> = {
  published: 'published',
  ok: 'published',
  active: 'published',
  approved: 'published',
  true: 'published',
  yes: 'published',
  '1': 'published',
  pending: 'pending',
  unpublished: 'pending',
  hidden: 'pending',
  false: 'pending',
  no: 'pending',
  '0': 'pending',
  spam: 'rejected',
  rejected: 'rejected',
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
    const raw = column === undefined ? '' : (cells[column] ?? '');
    const decoded = reading.decodeEntities && raw.includes('&') ? decodeHTML(raw) : raw;
    return decoded.replaceAll('\0', '').trim() || undefined;
  };
  const rating = requireRating(text('rating'), reading.ratingScale);
  const replyBody = text('reply');
  const replyAt = optionalDate(text('replyAt'), reading.dateFormat);
  return definedOnly({
    productId: requireProductId(text),
    productTitle: clip(text('productTitle'), TITLE_MAX_LENGTH),
    productUrl: httpUrl(text('productUrl')),
    productImageUrl: httpUrl(text('productImageUrl')),
    rating,
    title: clip(text('title'), TITLE_MAX_LENGTH),
    body: clip(text('body'), BODY_MAX_LENGTH),
    author: clip(text('author'), 100),
    email: text('email')?.toLowerCase(),
    createdAt: optionalDate(text('createdAt'), reading.dateFormat),
    verified: YES.has(text('verified')?.toLowerCase() ?? ''),
    incentivized: YES.has(text('incentivized')?.toLowerCase() ?? ''),
    locale: matching(text('locale'), /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i),
    country: matching(text('country'), /^[a-z]{2}$/i)?.toUpperCase(),
    status: STATUS[text('status')?.toLowerCase() ?? 'published'] ?? 'pending',
    reply: replyBody ? definedOnly({ body: replyBody, createdAt: replyAt }) : undefined,
    helpfulUp: count(text('helpfulUp')),
    helpfulDown: count(text('helpfulDown')),
    pictureUrls: pictureUrls(text('pictures')),
    sourceId: text('sourceId'),
  });
}

/** What `toImportedReview` builds before absent values are left out. */
type WithUndefined<T> = { [K in keyof T]: T[K] | undefined };

function definedOnly<T extends object>(value: WithUndefined<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

function requireRating(text: string | undefined, scale: RatingScale): Rating {
  if (text === undefined) throw new RecordError('has no rating');
  const rating = readRating(text, scale);
  if (rating === undefined)
    throw new RecordError(`has the rating "${text}", which is not one of 1 to ${scale}`);
  return rating;
}

function requireProductId(text: (field: Field) => string | undefined): string {
  const id = text('productId') ?? text('productHandle') ?? toSlug(text('productTitle'));
  if (!id) throw new RecordError('names no product');
  if (id.length > PRODUCT_ID_MAX_LENGTH) {
    throw new RecordError(`has a product id of more than ${PRODUCT_ID_MAX_LENGTH} characters`);
  }
  return id;
}

/** A stable id from a product's title, for files that know products by name only. */
function toSlug(title: string | undefined): string | undefined {
  const slug = title
    ?.normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  if (!slug || slug.length <= PRODUCT_ID_MAX_LENGTH) return slug;
  const digest = createHash('sha256').update(slug).digest('hex').slice(0, 12);
  return `${slug.slice(0, PRODUCT_ID_MAX_LENGTH - 13)}-${digest}`;
}

function optionalDate(text: string | undefined, format: string | undefined): Date | undefined {
  if (text === undefined || format === undefined) return undefined;
  const date = readDate(text, format);
  if (!date) throw new RecordError(`has the date "${text}", which is no day in the form ${format}`);
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

const count = (text = '0'): number => (/^\d{1,7}$/.test(text) ? Number(text) : 0);

function httpUrl(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 2000 ? url.href : undefined;
}

/** Lists of addresses are separated by commas, semicolons, pipes or white space. */
function pictureUrls(text = ''): string[] {
  return text
    .split(/[,;|\s]+(?=https?:)/)
    .map((part) => httpUrl(part.trim()))
    .filter((url) => url !== undefined)
    .slice(0, PICTURES_MAX);
}
