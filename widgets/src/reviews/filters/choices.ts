/** What the list can be narrowed down to by choosing from a few. */

import {
  VARIANT_QUESTION,
  type FacetCount,
  type ReviewFacets,
  type ReviewQuery,
  type Settings,
} from '@plaudit/sdk';
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
  chosen: string | undefined;
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
    part: Choice['part'],
    label: string,
    values: readonly FacetCount[],
    nameOf: (value: string) => string = (value) => value,
    chosen = query[part],
  ): Choice[] => {
    const options = values.map(({ value, count }) => ({
      value,
      label: text('filters.counted', { name: nameOf(value), count }),
    }));
    return options.length >= OPTIONS_MIN || chosen
      ? [{ part, label, chosen, groups: [{ options }] }]
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
  const { locales = [], countries = [], topics = [], variants = [] } = facets;
  const variant = query.answer?.startsWith(VARIANT) ? query.answer : undefined;
  return [
    ...counted('locale', text('filters.language'), byLanguage(locales), names.language),
    ...counted('country', text('filters.country'), countries, names.country),
    ...counted(
      'answer',
      text('filters.variant'),
      variants.map(({ value, count }) => ({ value: VARIANT + value, count })),
      (value) => value.slice(VARIANT.length),
      variant ?? '',
    ),
    ...counted('topic', text('filters.topic'), topics),
    ...(groups.length > 0
      ? [
          {
            part: 'answer' as const,
            label: text('filters.answer'),
            chosen: variant ? undefined : query.answer,
            groups,
          },
        ]
      : []),
  ];
}

const VARIANT = `${VARIANT_QUESTION}:`;

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
