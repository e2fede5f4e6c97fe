/** A shop in plain data, as a test describes it, and as the server keeps it. */

import {
  DEFAULT_SETTINGS,
  type Answer,
  type ProductRating,
  type Question,
  type Rating,
  type Review,
  type Settings,
} from '@plaudit/contract';

/** A review as a test describes it; what it leaves out is made up, the same every time. */
export type TestReview = Partial<Omit<Review, 'productId' | 'rating'>> & { rating: Rating };

/** An answer as a test describes it. */
export type TestAnswer = Partial<Answer> & { body: string };

/** A question as a test describes it. */
export type TestQuestion = Partial<Omit<Question, 'productId' | 'answers'>> & {
  body: string;
  /** In the order they are shown. The shop gave those that do not say. */
  answers?: readonly TestAnswer[];
};

/** A shop, described in plain data. Every part is optional. */
export interface TestShop {
  /** The shop's public key; `demo` unless told. Any other key is an unknown shop. */
  appKey?: string;
  /** Published reviews by product id, in the order that `relevant` shows them. */
  reviews?: Record<string, readonly TestReview[]>;
  /**
   * Topics by product id: phrases that its reviews have. How many do, and what is quoted, follows from
   * the reviews.
   */
  topics?: Record<string, readonly string[]>;
  /** Published questions by product id. */
  questions?: Record<string, readonly TestQuestion[]>;
  /** What the ratings call says of a product, where that should not follow from `reviews`. */
  ratings?: Record<string, ProductRating>;
  /** What differs from a new shop's settings. */
  settings?: Partial<Settings>;
  /** Whether a review that is sent is published at once; it waits for the merchant unless told. */
  publishesAtOnce?: boolean;
  /** Tells when a review is sent. */
  now?: () => Date;
}

/** The shop while the server runs: reviews that are sent come on top. */
export interface ShopState {
  readonly appKey: string;
  /** All published reviews, in the order that `relevant` shows them. */
  readonly reviews: Review[];
  readonly topics: ReadonlyMap<string, readonly string[]>;
  readonly questions: readonly Question[];
  readonly ratings: ReadonlyMap<string, ProductRating>;
  readonly settings: Settings;
  readonly publishesAtOnce: boolean;
  readonly now: () => Date;
}

/** Reviews and questions without an instant are a day apart, the first of a product the newest. */
const NEWEST_MS = Date.UTC(2026, 0, 31);
const DAY_MS = 86_400_000;

/** Fills in what the description leaves out. */
export function toShopState(shop: TestShop): ShopState {
  const {
    appKey = 'demo',
    reviews = {},
    topics = {},
    questions = {},
    ratings = {},
    settings,
  } = shop;
  return {
    appKey,
    reviews: Object.entries(reviews).flatMap(([productId, list]) =>
      list.map((review, index) => toReview(productId, review, index)),
    ),
    questions: Object.entries(questions).flatMap(([productId, list]) =>
      list.map((question, index) => toQuestion(productId, question, index)),
    ),
    topics: new Map(Object.entries(topics)),
    ratings: new Map(Object.entries(ratings)),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    publishesAtOnce: shop.publishesAtOnce ?? false,
    now: shop.now ?? (() => new Date()),
  };
}

const toInstant = (index: number): string => new Date(NEWEST_MS - index * DAY_MS).toISOString();

const toReview = (productId: string, review: TestReview, index: number): Review => ({
  id: `${productId}-${index + 1}`,
  productId,
  verified: false,
  incentivized: false,
  createdAt: toInstant(index),
  helpful: { up: 0, down: 0 },
  ...review,
});

function toQuestion(productId: string, question: TestQuestion, index: number): Question {
  const id = question.id ?? `${productId}-question-${index + 1}`;
  return {
    createdAt: toInstant(index),
    helpful: { up: 0, down: 0 },
    ...question,
    id,
    productId,
    answers: (question.answers ?? []).map((answer, place) => ({
      id: `${id}-answer-${place + 1}`,
      byShop: true,
      createdAt: toInstant(index),
      helpful: { up: 0, down: 0 },
      ...answer,
    })),
  };
}
