/** A visitor asks about a product. */

import type { QuestionReceipt } from '@plaudit/contract';
import { answerRepeated } from './answer-repeated.ts';
import type { Answer } from './answer.ts';
import { checkQuestion } from './check-submission.ts';
import { answerReceipt, readKeyedSubmission, type Write } from './read-submission.ts';
import type { Received } from './received.ts';

/** Checks a question and keeps it; it waits for the shop, as every question does. */
export function acceptQuestion({ questions }: Received, productId: string, write: Write): Answer {
  const read = readKeyedSubmission(write, checkQuestion);
  if ('refusal' in read) return read.refusal;
  const submission = { ...read.submission, productId };
  const repeated = answerRepeated(questions, submission, 'question');
  if (repeated) return repeated;
  const receipt: QuestionReceipt = { id: `asked-${questions.length + 1}`, status: 'pending' };
  questions.push({ ...submission, receipt });
  return answerReceipt(receipt);
}
