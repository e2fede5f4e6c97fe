/** A visitor says whether a review, a question or an answer helped. */

import type { Helpful, Vote } from '@plaudit/contract';
import { json, problem, type Answer } from './answer.ts';
import { checkVote } from './check-submission.ts';
import { readSubmission, type Write } from './read-submission.ts';
import type { Received, ReceivedVote } from './received.ts';
import type { ShopState } from './test-shop.ts';

/** What is voted on. */
export type VoteSubject = Pick<ReceivedVote, 'kind' | 'id'>;

/** Counts a vote: one a visitor, which another replaces and `none` takes back. */
export function acceptVote(
  shop: ShopState,
  { votes }: Received,
  { kind, id }: VoteSubject,
  write: Write,
): Answer {
  const read = readSubmission(write, checkVote);
  if ('refusal' in read) return read.refusal;
  const { vote, voter } = read.submission;
  const subject = findSubject(shop, { kind, id });
  if (!subject)
    return problem('not-found', { detail: `There is no ${kind} "${id}" in this shop.` });
  const before = votes.findLast(
    (earlier) => earlier.kind === kind && earlier.id === id && earlier.voter === voter,
  );
  subject.helpful = count(subject.helpful, before?.vote ?? 'none', vote);
  const receipt = { vote, helpful: subject.helpful };
  votes.push({ kind, id, vote, voter, receipt });
  return json(200, receipt);
}

function findSubject(
  { reviews, questions }: ShopState,
  { kind, id }: VoteSubject,
): { helpful: Helpful } | undefined {
  const subjects = {
    review: reviews,
    question: questions,
    answer: questions.flatMap(({ answers }) => answers),
  };
  return subjects[kind].find((subject) => subject.id === id);
}

const count = ({ up, down }: Helpful, before: Vote, now: Vote): Helpful => ({
  up: up + Number(now === 'up') - Number(before === 'up'),
  down: down + Number(now === 'down') - Number(before === 'down'),
});
