/** What reviews have in common, and what they talk about, counted from memory. */

import {
  VARIANT_QUESTION,
  type FacetCount,
  type ProductTopic,
  type Review,
  type ReviewAnswer,
  type ReviewFacets,
  type ScaleAverage,
} from '@plaudit/contract';

/** What there is is left in, and nothing else; most frequent first, as the real one has it. */
export function listFacets(
  reviews: readonly Review[],
  phrases: readonly string[],
): ReviewFacets | undefined {
  const facets = {
    locales: count(reviews.map(({ locale }) => locale?.toLowerCase())),
    countries: count(reviews.map(({ country }) => country)),
    variants: count(reviews.flatMap(({ answers = [] }) => answers.flatMap(toVariant))),
    topics: listTopics(reviews, phrases).map((found) => ({
      value: found.topic,
      count: found.count,
    })),
    scales: toScales(reviews),
  };
  const filled = Object.entries(facets).filter(([, values]) => values.length > 0);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

const toVariant = ({ question, value }: ReviewAnswer): string[] =>
  question === VARIANT_QUESTION ? [String(value)] : [];

const QUOTES_MAX = 2;

/** Those of the phrases that reviews have, with sentences of the newest of these. */
export function listTopics(reviews: readonly Review[], phrases: readonly string[]): ProductTopic[] {
  return phrases
    .map((topic) => {
      const having = reviews
        .flatMap(({ id, createdAt, title = '', body = '' }) => {
          const text = sentenceWith(topic, `${title}\n${body}`);
          return text === undefined ? [] : [{ review: id, text, createdAt }];
        })
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
      const quotes = having.slice(0, QUOTES_MAX).map(({ review, text }) => ({ review, text }));
      return { topic, count: having.length, quotes };
    })
    .filter((topic) => topic.count > 0)
    .toSorted((a, b) => b.count - a.count);
}

const sentenceWith = (phrase: string, text: string): string | undefined =>
  text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .find((sentence) => sentence.toLowerCase().includes(phrase.toLowerCase()));

function count(values: readonly (string | undefined)[]): FacetCount[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, found]) => ({ value, count: found }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** An answer in numbers is one to a question of 1 to 5. */
function toScales(reviews: readonly Review[]): ScaleAverage[] {
  const scales = new Map<string, { label: string; given: number[] }>();
  for (const { question, label, value } of reviews.flatMap(({ answers = [] }) => answers)) {
    if (typeof value !== 'number') continue;
    const scale = scales.get(question) ?? { label, given: [] };
    scale.given.push(value);
    scales.set(question, scale);
  }
  return [...scales].map(([question, { label, given }]) => ({
    question,
    label,
    average: given.reduce((sum, value) => sum + value, 0) / given.length,
    count: given.length,
  }));
}
