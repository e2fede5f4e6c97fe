import type { ReviewPage } from '@plaudit/sdk';

/** What stands beside reviews that a server rendered: all that their widget needs to take them over. */
export interface Rendered extends ReviewPage {
  /** The texts of the dates, by instant: the first that `Intl` formats here would hold the page up. */
  dates: Record<string, string>;
}
