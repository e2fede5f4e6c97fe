/** What visitors have sent to a test server, with all that they wrote, for a test to look at. */

import type {
  MediaReceipt,
  QuestionReceipt,
  QuestionSubmission,
  ReviewReceipt,
  ReviewSubmission,
  VoteReceipt,
  VoteSubmission,
} from '@plaudit/contract';

/** A review that was sent and accepted. */
export interface ReceivedSubmission extends ReviewSubmission {
  productId: string;
  /** As the visitor was told. */
  receipt: ReviewReceipt;
  /** Whether its writer has taken it back since. */
  isWithdrawn?: boolean;
}

/** A question that was asked. */
export interface ReceivedQuestion extends QuestionSubmission {
  productId: string;
  receipt: QuestionReceipt;
}

/** A vote that was cast, or taken back. */
export interface ReceivedVote extends VoteSubmission {
  kind: 'review' | 'question' | 'answer';
  /** Of the review, question or answer. */
  id: string;
  receipt: VoteReceipt;
}

/** A photo that was uploaded. */
export interface ReceivedPhoto {
  /** As the visitor's browser called it, e.g. `image/jpeg`. */
  type: string;
  bytes: Uint8Array;
  receipt: MediaReceipt;
}

/** All of it, in the order it came. */
export interface Received {
  readonly submissions: ReceivedSubmission[];
  readonly questions: ReceivedQuestion[];
  readonly votes: ReceivedVote[];
  readonly photos: ReceivedPhoto[];
}
