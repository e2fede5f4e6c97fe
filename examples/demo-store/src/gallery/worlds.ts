/** The worlds that the gallery shows every widget in: each is one shop, in one state, in one look. */
import type { TestQuestion, TestShop } from '@plaudit/sdk/testing';
import { ARABIC_QUESTIONS, EVERYDAY_QUESTIONS, LONG_QUESTIONS } from './questions.ts';
import {
  arabicReviews,
  everydayReviews,
  FORM,
  longReviews,
  SITE_REVIEWS,
  type Reviews,
} from './reviews.ts';

/** The product that the gallery is about. */
export const PRODUCT = 'jumper';

/** Stands for the shop itself where a product is named. */
const SITE = '@site';

/** One state of all widgets. */
export interface World {
  title: string;
  about: string;
  /** Attributes of the page. */
  page: { lang: string; dir: 'ltr' | 'rtl'; scheme: 'auto' | 'dark' };
  /** What its shop has; photos need the address that they come from. */
  shop: (photoUrl: (name: string) => string) => Omit<TestShop, 'appKey'>;
  condition: 'up' | 'empty' | 'slow' | 'too-many-requests';
  /** The widgets it shows, as they stand in a page. */
  markup: readonly string[];
}

const everyday: World['shop'] = (photoUrl) => ({
  reviews: { [PRODUCT]: everydayReviews(photoUrl) },
  topics: { [PRODUCT]: ['sleeves', 'in daylight', 'wool'] },
  questions: { [PRODUCT]: EVERYDAY_QUESTIONS },
  settings: { form: FORM },
});
const PAGE = { lang: 'en', dir: 'ltr', scheme: 'auto' } as const;

/** Every widget, as a page has it without further wishes. */
const PLAIN = [
  `<plaudit-rating product="${PRODUCT}"></plaudit-rating>`,
  '<plaudit-badge></plaudit-badge>',
  '<plaudit-summary href="/"></plaudit-summary>',
  `<plaudit-highlights product="${PRODUCT}"></plaudit-highlights>`,
  `<plaudit-reviews product="${PRODUCT}"></plaudit-reviews>`,
  `<plaudit-carousel product="${PRODUCT}"></plaudit-carousel>`,
  `<plaudit-gallery product="${PRODUCT}"></plaudit-gallery>`,
  `<plaudit-questions product="${PRODUCT}"></plaudit-questions>`,
  `<plaudit-review-form product="${PRODUCT}"></plaudit-review-form>`,
  '<plaudit-tab></plaudit-tab>',
];

const withTexts =
  (
    reviews: (photoUrl: (name: string) => string) => Reviews,
    questions: readonly TestQuestion[],
    topics: readonly string[],
    locale = 'en',
  ): World['shop'] =>
  (photoUrl) => ({
    reviews: { [PRODUCT]: reviews(photoUrl) },
    topics: { [PRODUCT]: topics },
    questions: { [PRODUCT]: questions },
    settings: { locale },
  });

export const WORLDS: Readonly<Record<string, World>> = {
  filled: {
    title: 'Filled',
    about: 'A product with reviews, photos, answers of the shop and a rewarded review.',
    page: PAGE,
    shop: everyday,
    condition: 'up',
    markup: PLAIN,
  },
  site: {
    title: 'The shop itself',
    about: 'Reviews of the shop, not of a product: its service, its people, its parcels.',
    page: PAGE,
    shop: () => ({ reviews: { [SITE]: SITE_REVIEWS } }),
    condition: 'up',
    markup: ['rating', 'badge', 'summary', 'reviews', 'review-form'].map(
      (widget) => `<plaudit-${widget} product="${SITE}"></plaudit-${widget}>`,
    ),
  },
  layouts: {
    title: 'Layouts',
    about: 'The same reviews side by side and close together; a list is what they are otherwise.',
    page: PAGE,
    shop: everyday,
    condition: 'up',
    markup: ['grid', 'compact'].map(
      (layout) => `<plaudit-reviews product="${PRODUCT}" layout="${layout}"></plaudit-reviews>`,
    ),
  },
  dark: {
    title: 'Dark',
    about: 'On a dark page: widgets take their colours from the text around them.',
    page: { ...PAGE, scheme: 'dark' },
    shop: everyday,
    condition: 'up',
    markup: PLAIN,
  },
  arabic: {
    title: 'Right to left',
    about: 'A shop that speaks Arabic.',
    page: { lang: 'ar', dir: 'rtl', scheme: 'auto' },
    shop: withTexts(arabicReviews, ARABIC_QUESTIONS, ['المطر', 'الأكمام'], 'ar'),
    condition: 'up',
    markup: PLAIN,
  },
  long: {
    title: 'Long texts',
    about: 'Long names, words without an end, many lines.',
    page: PAGE,
    shop: withTexts(longReviews, LONG_QUESTIONS, [
      'much to be said of jumpers',
      'elektrizitätenhauptbetriebswerk',
      'line 7',
    ]),
    condition: 'up',
    markup: PLAIN,
  },
  empty: {
    title: 'Empty',
    about: 'Nobody has written yet. What has nothing to show takes no room.',
    page: PAGE,
    shop: everyday,
    condition: 'empty',
    markup: PLAIN,
  },
  loading: {
    title: 'Loading',
    about: 'The answers are on their way; given up after a while, which then is the next state.',
    page: PAGE,
    shop: everyday,
    condition: 'slow',
    markup: PLAIN,
  },
  failed: {
    title: 'Failed',
    about: 'The answers cannot be had. What stands between the tags would show instead.',
    page: PAGE,
    shop: everyday,
    condition: 'too-many-requests',
    markup: [
      ...PLAIN,
      `<plaudit-reviews product="${PRODUCT}"><p>Reviews could not be shown right now.</p></plaudit-reviews>`,
    ],
  },
};
