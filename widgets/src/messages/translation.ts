import type { badge } from './en/badge.ts';
import type { carousel } from './en/carousel.ts';
import type { dates } from './en/dates.ts';
import type { filters } from './en/filters.ts';
import type { form } from './en/form.ts';
import type { gallery } from './en/gallery.ts';
import type { highlights } from './en/highlights.ts';
import type { pages } from './en/pages.ts';
import type { photos } from './en/photos.ts';
import type { questions } from './en/questions.ts';
import type { rating } from './en/rating.ts';
import type { reviews } from './en/reviews.ts';
import type { tab } from './en/tab.ts';
import type { uploads } from './en/uploads.ts';
import type { votes } from './en/votes.ts';

/** Every chunk's texts. */
type English = typeof badge &
  typeof carousel &
  typeof dates &
  typeof filters &
  typeof form &
  typeof gallery &
  typeof highlights &
  typeof pages &
  typeof photos &
  typeof questions &
  typeof rating &
  typeof reviews &
  typeof tab &
  typeof uploads &
  typeof votes;
type Key = keyof English;
type CountedKey = Key extends infer Counted
  ? Counted extends `${infer Base}.one`
    ? Base
    : never
  : never;

/** All texts in one language, with as many plural forms of those with a count as the language has. */
export type Translation = Record<Exclude<Key, `${string}.one`>, string> &
  Partial<Record<`${CountedKey}.${Intl.LDMLPluralRule}`, string>>;
