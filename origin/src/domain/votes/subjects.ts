/** What can be voted on: where its votes are counted, and which answers show them. */
import { productTag, questionsTag, reviewsTag, type Helpful } from '@plaudit/contract';
import { and, eq, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers, questions, type VoteKind } from '../../db/questions-schema.ts';
import { products, reviews } from '../../db/schema.ts';
import { UnknownReviewError, UnknownSubjectError } from '../errors.ts';
import { findShowing } from '../outbox/review-tags.ts';
import { relevance } from '../reviews/relevance.ts';
import type { Shop } from '../shops/find.ts';

/** Names what is voted on. */
export interface SubjectName {
  kind: VoteKind;
  /** The public id. */
  id: string;
}

/** What is voted on, as it stood when it was locked. */
export interface Subject extends Helpful {
  kind: VoteKind;
  id: number;
  tags: string[];
  /** Of a review: its place in the order `relevant`, given these votes. */
  relevanceWith?: (votes: Helpful) => number;
}

/**
 * Finds what is published under the name; until the transaction ends nobody else can change it.
 * @throws UnknownReviewError
 * @throws UnknownSubjectError
 */
export async function lockSubject(tx: Database, shop: Shop, name: SubjectName): Promise<Subject> {
  if (name.kind === 'review') return lockReview(tx, shop, name.id);
  return name.kind === 'question' ? lockQuestion(tx, shop, name.id) : lockAnswer(tx, shop, name.id);
}

async function lockReview(tx: Database, shop: Shop, publicId: string): Promise<Subject> {
  const [found] = await tx
    .select({ review: reviews, externalId: products.externalId })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(isOwn(shop, publicId, reviews))
    .for('update', { of: reviews });
  if (!found) throw new UnknownReviewError(publicId);
  const { review, externalId } = found;
  const shownBy = await findShowing(tx, [{ ...review, externalId }]);
  return {
    kind: 'review',
    id: review.id,
    up: review.votesUp,
    down: review.votesDown,
    tags: [...shownBy.map((one) => productTag(shop.appKey, one)), reviewsTag(shop.appKey)],
    relevanceWith: ({ up, down }) => relevance({ ...review, votesUp: up, votesDown: down }),
  };
}

async function lockQuestion(tx: Database, shop: Shop, publicId: string): Promise<Subject> {
  const [found] = await tx
    .select({ question: questions, externalId: products.externalId })
    .from(questions)
    .innerJoin(products, eq(products.id, questions.productId))
    .where(isOwn(shop, publicId, questions))
    .for('update', { of: questions });
  if (!found) throw new UnknownSubjectError('question', publicId);
  const { id, votesUp: up, votesDown: down } = found.question;
  return { kind: 'question', id, up, down, tags: [questionsTag(shop.appKey, found.externalId)] };
}

async function lockAnswer(tx: Database, shop: Shop, publicId: string): Promise<Subject> {
  const [found] = await tx
    .select({ answer: answers, externalId: products.externalId })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .innerJoin(products, eq(products.id, questions.productId))
    .where(and(isOwn(shop, publicId, answers), eq(questions.status, 'published')))
    .for('update', { of: answers });
  if (!found) throw new UnknownSubjectError('answer', publicId);
  const { id, votesUp: up, votesDown: down } = found.answer;
  return { kind: 'answer', id, up, down, tags: [questionsTag(shop.appKey, found.externalId)] };
}

const isOwn = (
  shop: Shop,
  publicId: string,
  table: typeof reviews | typeof questions | typeof answers,
): SQL | undefined =>
  and(eq(table.shopId, shop.id), eq(table.publicId, publicId), eq(table.status, 'published'));

/** Writes the new counts; the orders that votes decide follow. */
export async function saveVotes(tx: Database, subject: Subject, votes: Helpful): Promise<void> {
  const counts = { votesUp: votes.up, votesDown: votes.down };
  const { kind, id, relevanceWith } = subject;
  if (relevanceWith) {
    const set = { ...counts, relevance: relevanceWith(votes) };
    await tx.update(reviews).set(set).where(eq(reviews.id, id));
    return;
  }
  const table = kind === 'question' ? questions : answers;
  await tx.update(table).set(counts).where(eq(table.id, id));
}
