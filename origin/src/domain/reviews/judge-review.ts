/** What the rules of a shop say of a review, new or edited. */
import type { ReviewAnswer } from '@plaudit/contract';
import type { Database } from '../../db/database.ts';
import { findRepeats, type Itself, type Repeatable } from '../moderation/find-repeats.ts';
import { judge, type Verdict } from '../moderation/judge.ts';
import type { ModerationRules } from '../moderation/rules.ts';

/** A review without its stars, which must not matter. */
export interface JudgedReview extends Repeatable {
  author: string | null;
  answers: readonly ReviewAnswer[];
}

/**
 * Judges a review in the transaction that is to keep it.
 * @throws DuplicateReviewError
 */
export async function judgeReview(
  tx: Database,
  rules: ModerationRules,
  review: JudgedReview,
  itself: Itself,
): Promise<Verdict> {
  const repeats = await findRepeats(tx, review, itself);
  const { title, body, author, answers } = review;
  const given = answers.flatMap(({ value }) => value);
  const words = given.filter((value) => typeof value === 'string');
  return judge(rules, 'review', [title, body, author, ...words], repeats);
}
