/** Questions about a product and their answers, as they leave the origin. Every text is untrusted. */
import type { Helpful } from './review.ts';

/** An answer to a question. */
export interface Answer {
  /** Opaque. */
  id: string;
  body: string;
  /** Display name; absent where it is the shop's own answer, or given without a name. */
  author?: string;
  /** Given by the shop itself. */
  byShop: boolean;
  createdAt: string;
  helpful: Helpful;
}

/** A published question. */
export interface Question {
  /** Opaque. */
  id: string;
  /** The shop's own product id. */
  productId: string;
  body: string;
  author?: string;
  createdAt: string;
  helpful: Helpful;
  /** Published ones: the shop's first, then by votes, then the oldest. */
  answers: Answer[];
}

/** Answer of the question list call: the newest first. */
export interface QuestionPage {
  /** How many questions are published for the product. */
  count: number;
  questions: Question[];
  /** The `cursor` of the next page; absent on the last. */
  next?: string;
}

/** Which questions. Every part is optional. */
export interface QuestionQuery {
  /** Opaque: only ever a `next` that an answer gave. */
  cursor?: string;
  /** 1 to 100; 10 where absent. */
  limit?: number;
}

/** What a visitor sends to ask. */
export interface QuestionSubmission {
  /** At most 2,000 characters. */
  body: string;
  /** Display name, at most 100 characters. */
  author: string;
  /** Never leaves the origin again. At most 254 characters. */
  email: string;
  locale?: string;
  /** As in `ReviewSubmission`. */
  idempotencyKey?: string;
}

/** What the asker may know: 201 when it is already published, 202 when it waits. */
export interface QuestionReceipt {
  id: string;
  status: 'published' | 'pending';
}
