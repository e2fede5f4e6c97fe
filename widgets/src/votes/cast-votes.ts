import type { VoteReceipt } from '@plaudit/sdk';

/**
 * This visitor's votes, by what they are on: in memory alone, so that lists can be sorted and widgets
 * swapped. Who comes back is another visitor, because widgets store nothing.
 */
export const castVotes = new Map<string, VoteReceipt>();
