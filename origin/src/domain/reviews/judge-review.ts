/** What the rules of a shop say of a review, new or edited. */
import type { Media, ReviewAnswer } from '@plaudit/contract';
import type { Database } from '../../db/database.ts';
import { findRepeats, type Itself, type Repeatable } from '../moderation/find-repeats.ts';
import { judge, type Verdict } from '../moderation/judge.ts';
import type { ModerationRules } from '../moderation/rules.ts';

/** A review without its stars, which must not matter. */
export interface JudgedReview extends Repeatable {
  author: string | null;
  shopName: string;
  answers: readonly ReviewAnswer[];
  media: readonly Media[] | null;
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
  const { title, body, author, answers, media, shopName } = review;
  const given = answers.flatMap(({ value }) => value);
  const words = given.filter((value) => typeof value === 'string');
  // Photos are ours; a video is a link to somebody else's page.
  const videos = (media ?? []).flatMap(({ kind, url }) => (kind === 'video' ? [url] : []));
  return judge(
    rules,
    'review',
    [title, body, author, ...words, ...videos],
    { author, shopName },
    repeats,
  );
}

/** What is written of a product that the shop has taken away waits, whatever else is said of it. */
export const holdFor = (isArchived: boolean, verdict: Verdict): Verdict =>
  isArchived
    ? { status: 'pending', heldBy: [...(verdict.heldBy ?? []), { rule: 'archived-product' }] }
    : verdict;
