/** A visitor says whether a review, a question or an answer helped. */
import { createHash } from 'node:crypto';
import type { Vote, VoteReceipt, VoteSubmission } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { votes } from '../../db/questions-schema.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { enterShop, type Shop } from '../shops/find.ts';
import { lockSubject, saveVotes, type Subject, type SubjectName } from './subjects.ts';

const VALUES: Record<Vote, number> = { up: 1, down: -1, none: 0 };

/**
 * Counts a vote: one a visitor, which another replaces and `none` takes back. Sent again it changes
 * nothing, and any number of votes at the same time are counted one by one.
 * @throws UnknownShopError
 * @throws UnknownReviewError
 * @throws UnknownSubjectError
 */
export async function castVote(
  { db, now, onOutbox }: Context,
  appKey: string,
  name: SubjectName,
  { vote, voter }: VoteSubmission,
): Promise<VoteReceipt> {
  const { helpful, isChanged } = await enterShop(db, appKey, async (tx, shop) => {
    const subject = await lockSubject(tx, shop, name);
    const value = VALUES[vote];
    const before = await replaceVote(tx, shop, { ...subject, voter }, value, now());
    const counts = {
      up: subject.up + Number(value === 1) - Number(before === 1),
      down: subject.down + Number(value === -1) - Number(before === -1),
    };
    if (value === before) return { helpful: counts, isChanged: false };
    await saveVotes(tx, subject, counts);
    await enqueuePurge(tx, { shopId: shop.id, tags: subject.tags, mode: 'soft' }, now());
    return { helpful: counts, isChanged: true };
  });
  if (isChanged) onOutbox();
  return { vote, helpful };
}

/** @returns what the visitor had voted before, 0 for nothing */
async function replaceVote(
  tx: Database,
  shop: Shop,
  { kind, id, voter: token }: Subject & { voter: string },
  vote: number,
  createdAt: Date,
): Promise<number> {
  const voter = createHash('sha256').update(`${shop.id} ${token}`).digest('base64url');
  const own = and(eq(votes.kind, kind), eq(votes.subjectId, id), eq(votes.voter, voter));
  const [earlier] = await tx.select({ vote: votes.vote }).from(votes).where(own);
  if (earlier?.vote === vote) return vote;
  if (earlier) await tx.delete(votes).where(own);
  if (vote !== 0) {
    const row = { shopId: shop.id, kind, subjectId: id, voter, vote, createdAt };
    await tx.insert(votes).values(row);
  }
  return earlier?.vote ?? 0;
}
