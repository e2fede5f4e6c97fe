/** Reviews to show: ordinary ones by the number, and hostile ones. */

import type {
  FacetCount,
  ProductTopics,
  Rating,
  Review,
  ReviewFacets,
  ReviewPage,
  ReviewQuery,
  ScaleAverage,
} from '@plaudit/sdk';
import { toStatistics, VARIANT_QUESTION, type Histogram } from '@plaudit/contract';

const BODIES = [
  'Soft, warm, and it has kept its shape after a dozen washes. The sleeves are a little long on me, but I like them rolled up.',
  'Does what it should.',
  'I was not sure about the colour at first, in daylight it is far more green than in the pictures. A week later I would not give it back: it goes with nearly everything I own, and people keep asking where it is from.',
];
const AUTHORS = ['Maren T.', 'Jo', 'Anselm', 'Ruta K.', 'Pilar', undefined];
const TITLES = ['Better than hoped', undefined, 'Fine for the price', 'Would buy again'];

/** Review number `index` of a product; the same every time. */
export function reviewAt(productId: string, index: number): Review {
  const title = TITLES[index % TITLES.length];
  const author = AUTHORS[index % AUTHORS.length];
  return {
    id: `${productId}-${index}`,
    productId,
    rating: (5 - (index % 7 === 3 ? 3 : index % 3)) as Rating,
    ...(title && { title }),
    body: BODIES[index % BODIES.length] ?? '',
    ...(author && { author }),
    verified: index % 2 === 0,
    incentivized: index % 5 === 4,
    locale: 'en',
    createdAt: new Date(Date.UTC(2026, 6, 28) - index * 86_400_000).toISOString(),
    helpful: { up: index, down: 0 },
    ...(index === 1 && { reply: { body: 'Thank you! We will pass it on to the workshop.' } }),
  };
}

const TOPICS = ['the colour', 'washes'];
const LOCALES = ['en', 'de', 'de-AT', 'fr'];
const COUNTRIES = ['GB', 'DE', 'AT'];

/** The same review, written somewhere and with the shop's own questions answered. */
export const answeredReviewAt = (productId: string, index: number): Review => ({
  ...reviewAt(productId, index),
  locale: LOCALES[index % LOCALES.length] ?? '',
  country: COUNTRIES[index % COUNTRIES.length] ?? '',
  answers: [
    { question: 'fit', label: 'Fit', value: 3 + (index % 3) },
    { question: 'size', label: 'Size bought', value: index % 2 === 0 ? 'M' : 'XL: long' },
  ],
});

const isAskedFor = (review: Review, query: ReviewQuery): boolean =>
  hasFacets(review, query) && hasQualities(review, query);

function hasFacets({ locale, country, body, answers = [] }: Review, query: ReviewQuery): boolean {
  return (
    (!query.locale || locale?.split('-')[0] === query.locale) &&
    (!query.country || country === query.country) &&
    (!query.topic || !!body?.toLowerCase().includes(query.topic)) &&
    (!query.answer ||
      answers.some(({ question, value }) => `${question}:${String(value)}` === query.answer))
  );
}

function hasQualities({ rating, verified, media, body = '' }: Review, query: ReviewQuery): boolean {
  return (
    (!query.rating || query.rating.includes(rating)) &&
    (query.verified === undefined || query.verified === verified) &&
    (query.media === undefined || query.media === Boolean(media)) &&
    (!query.q || body.toLowerCase().includes(query.q.toLowerCase()))
  );
}

/** The answer to a question about these reviews, as the real server would give it. */
export function answer(all: readonly Review[], query: ReviewQuery): ReviewPage {
  const histogram: Histogram = [0, 0, 0, 0, 0];
  for (const { rating } of all) histogram[rating - 1] = (histogram[rating - 1] ?? 0) + 1;
  const found = all.filter((review) => isAskedFor(review, query));
  if (query.sort === 'lowest') found.sort((a, b) => a.rating - b.rating);
  if (query.sort === 'highest') found.sort((a, b) => b.rating - a.rating);
  if (query.sort === 'newest') found.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const start = Number(query.cursor ?? 0);
  const end = start + (query.limit ?? 10);
  const statistics = toStatistics(histogram);
  return {
    summary: { ...statistics, organic: statistics },
    ...(query.cursor === undefined && { facets: toFacets(all) }),
    reviews: found.slice(start, end),
    ...(end < found.length && { next: String(end) }),
  };
}

/** What these reviews have in common. */
function toFacets(all: readonly Review[]): ReviewFacets {
  const count = (valueOf: (review: Review) => string | undefined): FacetCount[] => {
    const counts = new Map<string, number>();
    for (const value of all.map(valueOf)) {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].map(([value, found]) => ({ value, count: found }));
  };
  const facets = {
    locales: count(({ locale }) => locale?.toLowerCase()),
    countries: count(({ country }) => country),
    variants: count(({ answers = [] }) => {
      const variant = answers.find(({ question }) => question === VARIANT_QUESTION);
      return variant && String(variant.value);
    }),
    topics: TOPICS.map((value) => ({
      value,
      count: all.filter(({ body = '' }) => body.includes(value)).length,
    })).filter((topic) => topic.count > 0),
    scales: toScales(all),
  };
  return Object.fromEntries(Object.entries(facets).filter(([, values]) => values.length > 0));
}

/** What these reviews talk about. */
export function toTopics(all: readonly Review[]): ProductTopics {
  const topics = (toFacets(all).topics ?? []).map(({ value, count }) => ({
    topic: value,
    count,
    quotes: all
      .filter(({ body = '' }) => body.includes(value))
      .slice(0, 2)
      .map(({ id, body = '' }) => ({ review: id, text: body.split(/(?<=[.!?]) /)[0] ?? '' })),
  }));
  return { topics };
}

function toScales(all: readonly Review[]): ScaleAverage[] {
  const sums = new Map<string, { label: string; total: number; count: number }>();
  for (const { question, label, value } of all.flatMap(({ answers = [] }) => answers)) {
    if (typeof value !== 'number') continue;
    const { total = 0, count = 0 } = sums.get(question) ?? {};
    sums.set(question, { label, total: total + value, count: count + 1 });
  }
  return [...sums].map(([question, { label, total, count }]) => ({
    question,
    label,
    average: total / count,
    count,
  }));
}
