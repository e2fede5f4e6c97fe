/** Votes on whether a review, a question or an answer helped. One a visitor; it can be taken back. */
import type { Helpful } from './review.ts';

/** What a visitor thinks; `none` takes a vote back. */
export type Vote = 'up' | 'down' | 'none';

/** What a visitor sends to vote. Sent again it changes nothing; another `vote` replaces the first. */
export interface VoteSubmission {
  vote: Vote;
  /** Made at random by the visitor's browser at its first vote: 16 to 64 letters, digits, `-` or `_`. */
  voter: string;
}

/** The votes as they stand now, with this one. */
export interface VoteReceipt {
  vote: Vote;
  helpful: Helpful;
}
