/**
 * The list of reviews as a visitor works with it: sorted, filtered, continued. Knows no DOM; whoever
 * shows it is told after every change. Only the answer to the latest question counts.
 */

import type {
  CallOptions,
  RatingSummary,
  Review,
  ReviewFacets,
  ReviewPage,
  ReviewQuery,
} from '@plaudit/sdk';

import type { Reader } from './create-reader.ts';

/** What there is to show. */
export interface ListState {
  readonly query: ReviewQuery;
  /** What is under way, or went wrong last. A list that is shown stays while another is loading. */
  readonly phase: 'loading' | 'loadingMore' | 'idle' | 'failed';
  /** Absent until the first answer. */
  readonly summary?: RatingSummary;
  /** What the whole list can be narrowed down to; absent where it has nothing in common. */
  readonly facets?: ReviewFacets;
  readonly reviews: readonly Review[];
  /** Where the next page starts; absent on the last. */
  readonly next?: string | undefined;
  /** The review this visitor wrote: always first, whatever the sort. Nothing but its id once it was withdrawn. */
  readonly own?: Own;
}

/** A review as its writer knows it. */
export type Own = Review | { readonly id: string; readonly rating?: undefined };

/** New values for parts of the question; `undefined` takes a part out of it. */
export type Change = { [Part in keyof ReviewQuery]?: ReviewQuery[Part] | undefined };

/** A list and what can be done with it. */
export interface ReviewList {
  readonly state: ListState;
  /** Asks again, with some of the question changed; from the start unless a `cursor` is given. */
  ask: (change?: Change, options?: CallOptions) => Promise<void>;
  /** Appends the next page. */
  more: () => Promise<void>;
  /** Does again what failed last. */
  retry: () => Promise<void>;
  /** Puts the visitor's own review first, or takes it out, and reads the list anew, past the browser's cache. */
  setOwn: (review: Own) => Promise<void>;
  /** Gives up what is under way. */
  stop: () => void;
}

export function createReviewList(
  read: Reader,
  query: ReviewQuery,
  onChange: (state: ListState) => void,
  /** The first page, where it is shown already. */
  known?: ReviewPage | null,
): ReviewList {
  let state: ListState = { query, phase: known ? 'idle' : 'loading', reviews: [], ...known };
  let latest = new AbortController();
  let again = (): Promise<void> => list.ask();

  const change = (part: Partial<ListState>): void => {
    state = { ...state, ...part };
    onChange(state);
  };

  /** Asks, unless a newer question overtakes the answer. */
  const take = async (
    question: ReviewQuery,
    options: CallOptions,
    toPart: (page: ReviewPage) => Partial<ListState>,
  ): Promise<void> => {
    latest.abort();
    const { signal } = (latest = new AbortController());
    try {
      const page = await read(question, { ...options, signal });
      if (!signal.aborted) change({ ...toPart(page), next: page.next, phase: 'idle' });
    } catch {
      if (!signal.aborted) change({ phase: 'failed' });
    }
  };

  const list: ReviewList = {
    get state() {
      return state;
    },
    ask: (part, options = {}) => {
      again = () => list.ask(state.query, options);
      // Parts that are undefined are left out where the question is written.
      change({
        query: { ...state.query, cursor: undefined, ...part } as ReviewQuery,
        phase: 'loading',
      });
      return take(state.query, options, (page) => page);
    },
    more: () => {
      const { next } = state;
      if (next === undefined) return Promise.resolve();
      again = list.more;
      change({ phase: 'loadingMore' });
      return take({ ...state.query, cursor: next }, {}, ({ reviews }) => ({
        reviews: [...state.reviews, ...reviews],
      }));
    },
    retry: () => again(),
    setOwn: (own) => {
      change({ own });
      return list.ask({}, { cache: 'no-cache' });
    },
    stop: () => latest.abort(),
  };
  return list;
}
