import {
  answerVotesPath,
  questionVotesPath,
  reviewVotesPath,
  type VoteReceipt,
  type VoteSubmission,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** What is voted on. */
export interface VoteSubject {
  kind: 'review' | 'question' | 'answer';
  id: string;
}

const PATHS: Record<VoteSubject['kind'], (appKey: string, id: string) => string> = {
  review: reviewVotesPath,
  question: questionVotesPath,
  answer: answerVotesPath,
};

/**
 * Says whether something helped; `none` takes a vote back. One vote a `voter`, so that sending it
 * again changes nothing. Answers with the votes as they stand then.
 */
export const castVote = (
  { appKey, request }: Shop,
  { kind, id }: VoteSubject,
  submission: VoteSubmission,
  options?: CallOptions,
): Promise<VoteReceipt> =>
  request(PATHS[kind](appKey, id), {
    ...options,
    method: 'POST',
    // As text: see `submitReview`.
    body: JSON.stringify(submission),
  });
