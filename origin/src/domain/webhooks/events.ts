/** What webhooks tell of. Payloads follow the Standard Webhooks scheme: type, timestamp, data. */

/** Every event there is. */
export const EVENT_TYPES = [
  'review.created',
  'review.published',
  'review.rejected',
  'review.archived',
  // By its writer: it is gone, and nothing of it is told but that.
  'review.withdrawn',
  // Its words, its stars or the shop's reply: what changes of it without a decision.
  'review.updated',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A review as merchants' systems are told of it. Never the e-mail address. */
export interface ReviewEvent {
  id: string;
  productId: string;
  status: string;
  rating: number;
  title?: string;
  /** At most 2,000 characters of it; the API has the whole. */
  body?: string;
  author?: string;
  /** The shop's, of which at most 2,000 characters too. */
  reply?: string;
  verified: boolean;
  createdAt: string;
}

/** With every other field at its longest, in the widest letters, a payload stays below 25 KB. */
const BODY_MAX_LENGTH = 2000;

/** Turns a row of the reviews into what is told of it. */
export function toReviewEvent(
  row: {
    publicId: string;
    status: string;
    rating: number;
    title: string | null;
    body: string | null;
    author: string | null;
    reply?: { body: string } | null;
    verified: boolean;
    createdAt: Date;
  },
  productId: string,
): ReviewEvent {
  return {
    id: row.publicId,
    productId,
    status: row.status,
    rating: row.rating,
    ...(row.title ? { title: row.title } : {}),
    ...(row.body ? { body: cut(row.body) } : {}),
    ...(row.author ? { author: row.author } : {}),
    ...(row.reply ? { reply: cut(row.reply.body) } : {}),
    verified: row.verified,
    createdAt: row.createdAt.toISOString(),
  };
}

const cut = (text: string): string => text.slice(0, BODY_MAX_LENGTH).toWellFormed();
