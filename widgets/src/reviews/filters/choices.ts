/** What the list can be narrowed down to by choosing from a few. */

import type { FacetCount, ReviewFacets, ReviewQuery, Settings } from '@plaudit/sdk';
import { toLanguage, type Names } from './names.ts';
import type { Words } from './words.ts';

interface Option {
  value: string;
  label: string;
}

/** One part of the question, and its values under their headings. */
export interface Choice {
  part: 'locale' | 'country' | 'topic' | 'answer';
  label: string;
  groups: { heading?: string; options: Option[] }[];
}

/** A choice of one is none. */
const OPTIONS_MIN = 2;

/** The choices there are for these reviews; what is chosen now is always among them. */
export function toChoices(
  facets: ReviewFacets,
  { form }: Settings,
  query: ReviewQuery,
  names: Names,
  text: Words,
): Choice[] {
  const counted = (
    part: 'locale' | 'country' | 'topic',
    label: string,
    values: readonly FacetCount[],
    nameOf: (value: string) => string,
  ): Choice[] => {
    const options = values.map(({ value, count }) => ({
      value,
      label: text('filters.counted', { name: nameOf(value), count }),
    }));
    return options.length >= OPTIONS_MIN || query[part]
      ? [{ part, label, groups: [{ options }] }]
      : [];
  };
  const groups = (form?.questions ?? []).flatMap(({ id, kind, label, options = STEPS }) =>
    kind === 'text'
      ? []
      : [
          {
            heading: label,
            options: options.map((value) => ({ value: `${id}:${value}`, label: value })),
          },
        ],
  );
  const { locales = [], countries = [], topics = [] } = facets;
  return [
    ...counted('locale', text('filters.language'), byLanguage(locales), names.language),
    ...counted('country', text('filters.country'), countries, names.country),
    ...counted('topic', text('filters.topic'), topics, (topic) => topic),
    ...(groups.length > 0
      ? [{ part: 'answer' as const, label: text('filters.answer'), groups }]
      : []),
  ];
}

/** Of a scale. */
const STEPS = ['1', '2', '3', '4', '5'];

/** Austrian and German reviews are both in German. */
function byLanguage(locales: readonly FacetCount[]): FacetCount[] {
  const counts = new Map<string, number>();
  for (const { value, count } of locales) {
    const language = toLanguage(value);
    counts.set(language, (counts.get(language) ?? 0) + count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count);
}
