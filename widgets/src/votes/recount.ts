import type { Helpful, Vote, VoteReceipt } from '@plaudit/sdk';

/** Votes without one of this visitor. */
export const toUncast = (helpful: Helpful): VoteReceipt => ({ vote: 'none', helpful });

/** The same votes with another one of this visitor. */
export function recount(before: VoteReceipt, vote: Vote): VoteReceipt {
  const count = (kind: keyof Helpful): number =>
    before.helpful[kind] + Number(vote === kind) - Number(before.vote === kind);
  return { vote, helpful: { up: count('up'), down: count('down') } };
}
