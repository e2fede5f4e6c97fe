import type { filters } from './en/filters.ts';
import type { form } from './en/form.ts';
import type { photos } from './en/photos.ts';
import type { rating } from './en/rating.ts';
import type { reviews } from './en/reviews.ts';

type Key = keyof (typeof filters & typeof form & typeof photos & typeof rating & typeof reviews);
type CountedKey = Key extends infer Counted
  ? Counted extends `${infer Base}.one`
    ? Base
    : never
  : never;

/** All texts in one language, with as many plural forms of those with a count as the language has. */
export type Translation = Record<Exclude<Key, `${string}.one`>, string> &
  Partial<Record<`${CountedKey}.${Intl.LDMLPluralRule}`, string>>;
