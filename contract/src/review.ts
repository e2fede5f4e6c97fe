/**
 * Reviews as they leave the origin: what a visitor may see, nothing more.
 * Absent values are left out rather than null; instants are RFC 3339 in UTC.
 */

/** Where a review stands in moderation. Only `published` ones are ever seen by visitors. */
export type ReviewStatus = 'pending' | 'published' | 'rejected' | 'archived';

/** Whole stars. */
export type Rating = 1 | 2 | 3 | 4 | 5;

/** A photo or video that belongs to a review. */
export interface Media {
  kind: 'photo' | 'video';
  url: string;
  /** A small rendition of the picture, where there is one. */
  thumbnailUrl?: string;
}

/** What a visitor's upload is answered with; its id goes into `ReviewSubmission.media`. */
export interface MediaReceipt {
  id: string;
  url: string;
  thumbnailUrl: string;
}

/** What a reviewer was given for writing, or is to the shop. */
export const INCENTIVES = [
  'coupon',
  'free-product',
  'loyalty-points',
  'paid-promotion',
  'employee',
  'other',
] as const;
export type Incentive = (typeof INCENTIVES)[number];

/** One option, several of them, a place on a scale of 1 to 5, or free words. */
export type AnswerValue = string | string[] | number;

/**
 * The question that no form shows and every review may answer: which variant of the product it is of, in
 * the shop's words (`Red / M`).
 */
export const VARIANT_QUESTION = 'variant';
/** Of a variant's name, in UTF-16 units. */
export const VARIANT_MAX_LENGTH = 100;

/** What a reviewer answered to a question of the shop's own. */
export interface ReviewAnswer {
  /** The question's id. */
  question: string;
  /** The question as it read when it was answered. */
  label: string;
  value: AnswerValue;
}

/** The merchant's public answer to a review. */
export interface Reply {
  body: string;
  createdAt?: string;
}

/** What a review says, in the language of the shop; shown when a reader asks for it. Untrusted. */
export interface Translation {
  /** BCP 47 language tag of the translation. */
  locale: string;
  title?: string;
  body?: string;
}

/** Votes on whether a review helped. */
export interface Helpful {
  up: number;
  down: number;
}

/** A published review. Every text is untrusted: show it as text, never as markup. */
export interface Review {
  /** Opaque; never parse it. */
  id: string;
  /** The shop's own product id; empty where the shop itself is reviewed. */
  productId: string;
  rating: Rating;
  title?: string;
  /** Absent for a rating-only review. */
  body?: string;
  /** Display name; absent where the reviewer stays anonymous. */
  author?: string;
  /** A matching order is known. */
  verified: boolean;
  /** The reviewer was given something for writing. */
  incentivized: boolean;
  /** With what, where it is known. */
  incentive?: Incentive;
  /** BCP 47 language tag of the text. */
  locale?: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  createdAt: string;
  /** Left out of the storefront's answers: no page shows it. */
  publishedAt?: string;
  helpful: Helpful;
  media?: Media[];
  reply?: Reply;
  /** Of a review in another language, where the shop has brought one. */
  translation?: Translation;
  /** To the shop's own questions, in the order of its form. */
  answers?: ReviewAnswer[];
  /** What the product is called, where it is known; not in the list of that very product. */
  productTitle?: string;
  /** Where the product is sold; likewise. */
  productUrl?: string;
}

/** What a visitor sends to write a review. */
export interface ReviewSubmission {
  rating: Rating;
  /** At most 200 characters. */
  title?: string;
  /** At most 10,000 characters. */
  body?: string;
  /** Display name, at most 100 characters. */
  author: string;
  /** Never leaves the origin again. At most 254 characters. */
  email: string;
  locale?: string;
  /** To the shop's own questions (`Settings.form`), of which required ones must be answered, and to `VARIANT_QUESTION`. */
  answers?: { question: string; value: AnswerValue }[];
  /** Ids that uploads to `mediaUploadPath` were given; at most 10. */
  media?: string[];
  /** Where videos of it are on the web; at most 3, by `https:`. Shown as links. */
  videos?: string[];
  /**
   * The `version` of the settings whose `form.consentText` the writer was shown: kept with the review, so that
   * the shop can tell what was agreed to. Left out where none was shown.
   */
  consentVersion?: number;
  /**
   * A key the client makes once per form and sends again on a retry, so that a retry never writes a
   * second review. In the body, because the `Idempotency-Key` field (also honoured) costs a preflight.
   */
  idempotencyKey?: string;
}

/** What the writer of a review may know about it: 201 when it is already published, 202 when it waits. */
export interface ReviewReceipt {
  id: string;
  status: 'published' | 'pending';
  /**
   * With it the writer may change the review while it waits (`ReviewEdit`), and withdraw it at any time.
   * Given once, when the review is sent; whoever sends it again under the same idempotency key gets
   * another one, and the first is void.
   */
  editSecret?: string;
}

/** What the writer of a review is told who has withdrawn it: it is removed, with all that came with it. */
export interface ReviewWithdrawal {
  id: string;
  status: 'withdrawn';
}

/** What the writer of a review sends to change it before it was decided on. Photos and videos stay. */
export interface ReviewEdit {
  /** From the receipt. */
  secret: string;
  rating: Rating;
  /** As in `ReviewSubmission`; what is left out is gone from the review. */
  title?: string;
  body?: string;
  author: string;
  locale?: string;
  answers?: { question: string; value: AnswerValue }[];
}
