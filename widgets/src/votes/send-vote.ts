import { castVote, type Vote, type VoteReceipt, type VoteSubject } from '@plaudit/sdk';
import { openPatientShop, type Address } from '../open-patient-shop.ts';

/** Stands for this visitor until the page is left; made at the first vote and kept nowhere. */
let voter: string | undefined;

export function sendVote(address: Address, subject: VoteSubject, vote: Vote): Promise<VoteReceipt> {
  // Long enough even of small numbers; `randomUUID` is missing on plain http pages.
  voter ??= `visitor-of-this-page-${crypto.getRandomValues(new Uint32Array(4)).join('')}`;
  return castVote(openPatientShop(address), subject, { vote, voter });
}
