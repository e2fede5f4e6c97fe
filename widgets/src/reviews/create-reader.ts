import type { CallOptions, ReviewPage, ReviewQuery } from '@plaudit/sdk';
import type { ChunkPlace } from '../lazy-view.ts';

/** Reads a page of reviews. */
export type Reader = (query: ReviewQuery, options: CallOptions) => Promise<ReviewPage>;

/** How long the loader's read may take before it is sent again, in milliseconds. */
const FIRST_ANSWER_MS = 8000;

/** Reads the place's reviews; the first answer is the one that the loader has asked for, where it has. */
export function createReader(
  place: Pick<ChunkPlace, 'edge' | 'appKey' | 'product'> & Partial<Pick<ChunkPlace, 'firstPage'>>,
): Reader {
  const tooLate = new Promise<void>((resolve) => {
    setTimeout(resolve, FIRST_ANSWER_MS);
  });
  let started: Promise<ReviewPage | void> | undefined = Promise.race([place.firstPage, tooLate]);
  return async (query, options) => {
    const first = started;
    started = undefined;
    const answer = await first?.catch(() => {});
    if (answer) return answer;
    const { readPatiently } = await import('./read-patiently.ts');
    return readPatiently(place, query, options);
  };
}
