/** The same key with the same submission is a retry: the same answer, and nothing is kept twice. */

import { isDeepStrictEqual } from 'node:util';
import { problem, type Answer } from './answer.ts';
import { answerReceipt } from './read-submission.ts';

interface Keyed {
  idempotencyKey?: string;
  productId: string;
}

/** How a submission is answered whose key was used before; undefined for one that is new. */
export function answerRepeated<T extends Keyed>(
  received: readonly (T & { receipt: { status: 'published' | 'pending' } })[],
  submission: T,
  what: 'review' | 'question',
): Answer | undefined {
  const key = submission.idempotencyKey;
  if (key === undefined) return undefined;
  const found = received.find(({ idempotencyKey }) => idempotencyKey === key);
  if (!found) return undefined;
  const { receipt, ...earlier } = found;
  if (isDeepStrictEqual(sorted(earlier), sorted(submission))) return answerReceipt(receipt);
  return problem('idempotency-conflict', {
    detail: `This idempotency key was used for another ${what}. Use a new key for a new ${what}.`,
  });
}

/** A field that is there without a value is not there. */
const sorted = (fields: object): [string, unknown][] =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
