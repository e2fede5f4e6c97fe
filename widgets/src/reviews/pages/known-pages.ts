/** The pages that a visitor has come to: a list is continued by cursors alone, so no other has a number. */

import type { ListState } from '../list.ts';

export interface KnownPages {
  /** The question they are the pages of. */
  question: string;
  /** Where each page starts; the first one starts nowhere. */
  starts: readonly (string | undefined)[];
  /** Which of them is shown, from 0. */
  current: number;
}

export const NO_PAGES: KnownPages = { question: '', starts: [undefined], current: 0 };

/** What is known once the list is in this state. */
export function learnPages(
  known: Pick<KnownPages, 'question' | 'starts'>,
  { query, next, phase }: ListState,
): KnownPages {
  const { cursor, ...rest } = query;
  const question = JSON.stringify(rest);
  const before = question === known.question ? known.starts : NO_PAGES.starts;
  const found = before.indexOf(cursor);
  const current = found === -1 ? before.length : found;
  const reached = found === -1 ? [...before, cursor] : before;
  // Only an answer says what comes after its page, and that there is nothing.
  const hasNews = phase === 'idle' && (next === undefined || reached[current + 1] !== next);
  if (!hasNews) return { question, starts: reached, current };
  const upToHere = reached.slice(0, current + 1);
  return { question, starts: next === undefined ? upToHere : [...upToHere, next], current };
}

/** How many pages are shown beside the current one. */
const NEIGHBOURS = 2;

/** Which numbers to show, from 0; null where some are left out. */
export function toShownNumbers({ starts, current }: KnownPages): (number | null)[] {
  const last = starts.length - 1;
  const shown = [...starts.keys()].filter(
    (page) => page === 0 || page === last || Math.abs(page - current) <= NEIGHBOURS,
  );
  return shown.flatMap((page, index) =>
    page - (shown[index - 1] ?? page) > 1 ? [null, page] : [page],
  );
}
