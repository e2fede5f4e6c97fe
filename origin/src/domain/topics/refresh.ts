/** Finds the topics of lists whose reviews have changed. */
import { productTag } from '@plaudit/contract';
import {
  and,
  asc,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  not,
  or,
  sql,
} from 'drizzle-orm';
import { reviewFacets } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { products, ratingSummaries, reviews } from '../../db/schema.ts';
import { topicQuotes } from '../../db/topics-schema.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { isInList, isOfList } from '../products/list-of.ts';
import { findShopById, type Shop } from '../shops/find.ts';
import { chooseTopics, type Topic } from './choose.ts';
import { countPhrases, findFrequent } from './phrases.ts';
import { quoteOf } from './quote.ts';

/** Fewer reviews are read faster than their topics. */
const REVIEWS_MIN = 10;
/** The newest ones tell what a product is like now. */
const REVIEWS_MAX = 1000;
/** What the shop as a whole talks about is told by as many. */
const SHOP_REVIEWS_MAX = 2000;
/** Fewer reviews with a phrase are chance. */
const COUNT_MIN = 3;
const SHARE_MIN = 0.02;
const QUOTES_MAX = 2;
/** A product that is reviewed all the time is read again no sooner. */
const REST_MS = 10 * 60_000;

type Work = Pick<Context, 'db' | 'now' | 'onOutbox'>;

/** A product or group whose reviews have changed since its topics were found. */
export interface StaleList {
  shopId: number;
  listId: number;
}

/** Those that have rested and are seen, of one shop after another, at most `limit`. */
export function listStaleLists(
  { db, now }: Pick<Work, 'db' | 'now'>,
  limit: number,
): Promise<StaleList[]> {
  const { shopId, listId, topicsAt, topicsStale } = ratingSummaries;
  const rested = new Date(now().getTime() - REST_MS);
  return asSystem(db, async (tx) => {
    const grouped = tx
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.id, listId), isNotNull(products.groupId)));
    const isDue = and(eq(topicsStale, true), or(isNull(topicsAt), lt(topicsAt, rested)));
    return (
      tx
        .select({ shopId, listId })
        .from(ratingSummaries)
        // In a group a product shows the group's topics; its own wait until it leaves.
        .where(and(isDue, not(exists(grouped))))
        .orderBy(asc(shopId), asc(listId))
        .limit(limit)
    );
  });
}

/**
 * Finds the topics of lists of one shop anew; what has changed is purged.
 * @returns how many lists have other topics now
 */
export async function refreshTopics(
  work: Work,
  shopId: number,
  listIds: readonly number[],
): Promise<number> {
  const shop = await findShopById(work.db, shopId);
  let shopTexts: string[] | undefined;
  let changed = 0;
  for (const listId of listIds) {
    const rows = await begin(work, shopId, listId);
    const isEnough = rows.length >= REVIEWS_MIN;
    if (isEnough) shopTexts ??= await readShopTexts(work.db, shopId);
    const topics = isEnough ? await findTopics(rows, shopTexts ?? []) : [];
    if (await keep(work, shop, listId, topics)) changed += 1;
  }
  if (changed > 0) work.onOutbox();
  return changed;
}

interface ReviewText {
  id: number;
  text: string;
}

/** A topic with the sentences that show it, the newest first. */
interface QuotedTopic extends Topic {
  quotes: { reviewId: number; quote: string }[];
}

/** Marks the list as read, and reads it: what changes from here on marks it again. */
function begin({ db, now }: Work, shopId: number, listId: number): Promise<ReviewText[]> {
  return inShop(db, shopId, async (tx) => {
    await tx
      .update(ratingSummaries)
      .set({ topicsStale: false, topicsAt: now() })
      .where(eq(ratingSummaries.listId, listId));
    return readTexts(tx, isInList(listId), REVIEWS_MAX);
  });
}

const readShopTexts = async (db: Database, shopId: number): Promise<string[]> => {
  const rows = await inShop(db, shopId, (tx) =>
    readTexts(tx, eq(reviews.shopId, shopId), SHOP_REVIEWS_MAX),
  );
  return rows.map(({ text }) => text);
};

async function readTexts(
  tx: Database,
  scope: ReturnType<typeof eq>,
  limit: number,
): Promise<ReviewText[]> {
  const rows = await tx
    .select({ id: reviews.id, title: reviews.title, body: reviews.body })
    .from(reviews)
    .where(and(scope, sql`${reviews.status} = 'published'`))
    .orderBy(desc(reviews.createdAt), desc(reviews.id))
    .limit(limit);
  return rows.map(({ id, title, body }) => ({ id, text: `${title ?? ''}\n${body ?? ''}` }));
}

async function findTopics(
  rows: readonly ReviewText[],
  shopTexts: readonly string[],
): Promise<QuotedTopic[]> {
  const texts = rows.map(({ text }) => text);
  const countMin = Math.max(COUNT_MIN, Math.ceil(rows.length * SHARE_MIN));
  const own = await findFrequent(texts, countMin);
  const inShopCounts = await countPhrases(shopTexts, (phrase) => own.has(phrase));
  const topics = chooseTopics(
    { counts: own, of: texts.length },
    { counts: inShopCounts, of: shopTexts.length },
  );
  return topics.map((topic) => ({ ...topic, quotes: findQuotes(rows, topic.topic) }));
}

function findQuotes(rows: readonly ReviewText[], topic: string): QuotedTopic['quotes'] {
  const quotes = [];
  for (const { id, text } of rows) {
    const quote = quoteOf(text, topic);
    if (quote !== undefined) quotes.push({ reviewId: id, quote });
    if (quotes.length === QUOTES_MAX) break;
  }
  return quotes;
}

/** @returns whether anything is other than before */
function keep(
  { db, now }: Work,
  { id: shopId, appKey }: Shop,
  listId: number,
  topics: readonly QuotedTopic[],
): Promise<boolean> {
  const own = and(eq(reviewFacets.shopId, shopId), eq(reviewFacets.listId, listId));
  const ownTopics = and(own, eq(reviewFacets.kind, 'topic'));
  return inShop(db, shopId, async (tx) => {
    const quoted = topics.flatMap(({ topic, quotes }) =>
      quotes.map((quote) => ({ shopId, listId, topic, ...quote })),
    );
    // A review that was deleted meanwhile is not quoted, and one that is quoted waits to be.
    const quotes = await onlyExisting(tx, quoted);
    const before = await tx.select().from(reviewFacets).where(ownTopics);
    const quotesBefore = await tx.select().from(topicQuotes).where(eq(topicQuotes.listId, listId));
    const isSame =
      textOf(before.map(({ value, count }) => [value, count])) ===
        textOf(topics.map(({ topic, count }) => [topic, count])) &&
      textOf(quotesBefore.map((one) => [one.topic, one.reviewId, one.quote])) ===
        textOf(quotes.map((one) => [one.topic, one.reviewId, one.quote]));
    if (isSame) return false;
    await tx.delete(reviewFacets).where(ownTopics);
    await tx.delete(topicQuotes).where(eq(topicQuotes.listId, listId));
    const rows = topics.map(({ topic, count }) => ({ value: topic, count, total: 0 }));
    if (rows.length > 0) {
      const facet = { shopId, listId, kind: 'topic' } as const;
      await tx.insert(reviewFacets).values(rows.map((row) => ({ ...facet, ...row })));
    }
    if (quotes.length > 0) await tx.insert(topicQuotes).values(quotes);
    const seenBy = await tx
      .select({ externalId: products.externalId })
      .from(products)
      .where(isOfList(listId));
    const tags = seenBy.map(({ externalId }) => productTag(appKey, externalId));
    await enqueuePurge(tx, { shopId, tags, mode: 'soft' }, now());
    return true;
  });
}

/** One text for the same rows in any order. */
const textOf = (rows: readonly unknown[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join();

async function onlyExisting<T extends { reviewId: number }>(
  tx: Database,
  quotes: readonly T[],
): Promise<T[]> {
  if (quotes.length === 0) return [];
  const ids = quotes.map(({ reviewId }) => reviewId);
  const rows = await tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(inArray(reviews.id, ids))
    .orderBy(asc(reviews.id))
    .for('key share');
  const existing = new Set(rows.map(({ id }) => id));
  return quotes.filter(({ reviewId }) => existing.has(reviewId));
}
