import { VARIANT_QUESTION, type ReviewQuery, type Settings } from '@plaudit/sdk';
import type { Words } from './words.ts';

/** What the values are called that one can filter by, in the shop's language. */
export interface Names {
  language: (tag: string) => string;
  country: (code: string) => string;
  /** Of `question:value`, as it stands in a query. */
  answer: (answer: NonNullable<ReviewQuery['answer']>) => string;
}

/** The language a tag begins with: `de` of `de-AT`, which a search for `de` finds too. */
export const toLanguage = (tag: string): string => tag.toLowerCase().replace(/-.*/s, '');

export function createNames({ locale, form }: Settings, text: Words): Names {
  const nameIn = (type: 'language' | 'region') => {
    const names = new Intl.DisplayNames(locale, { type });
    return (code: string): string => toHeading(nameOf(names, code), locale);
  };
  return {
    language: nameIn('language'),
    country: nameIn('region'),
    answer: (answer) => {
      const [id, ...value] = answer.split(':');
      const asked = form?.questions?.find((question) => question.id === id);
      const question =
        id === VARIANT_QUESTION ? text('filters.variant') : (asked?.label ?? id ?? '');
      return text('filters.answered', { question, answer: value.join(':') });
    },
  };
}

/** An import may have brought what is no code: it is called what it says. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Many languages write such names small, but not where they stand by themselves. */
const toHeading = (name: string, locale: string): string =>
  name.replace(/^./u, (letter) => letter.toLocaleUpperCase(locale));
