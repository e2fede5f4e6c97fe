import type { ProductTopics, TopicQuote } from '@plaudit/contract';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { reviewFacets } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import { topicQuotes } from '../../db/topics-schema.ts';

/**
 * The topics of a product, those of most reviews first, with sentences that show them. What is quoted
 * is published at this moment. An unknown product has none.
 */
export function listTopics(
  db: Database,
  shopId: number,
  externalId: string,
): Promise<ProductTopics> {
  return inShop(db, shopId, async (tx) => {
    const [product] = await tx
      .select({ listId: products.listId })
      .from(products)
      .where(and(eq(products.shopId, shopId), eq(products.externalId, externalId)));
    if (!product) return { topics: [] };
    const topics = await tx
      .select({ topic: reviewFacets.value, count: reviewFacets.count })
      .from(reviewFacets)
      .where(
        and(
          eq(reviewFacets.shopId, shopId),
          eq(reviewFacets.listId, product.listId),
          eq(reviewFacets.kind, 'topic'),
        ),
      )
      .orderBy(desc(reviewFacets.count), asc(reviewFacets.value));
    const quotes = await tx
      .select({ topic: topicQuotes.topic, review: reviews.publicId, text: topicQuotes.quote })
      .from(topicQuotes)
      .innerJoin(reviews, eq(reviews.id, topicQuotes.reviewId))
      .where(and(eq(topicQuotes.listId, product.listId), sql`${reviews.status} = 'published'`))
      .orderBy(desc(reviews.createdAt), desc(reviews.id));
    const quotesOf = (topic: string): TopicQuote[] =>
      quotes.filter((one) => one.topic === topic).map(({ review, text }) => ({ review, text }));
    return { topics: topics.map((topic) => ({ ...topic, quotes: quotesOf(topic.topic) })) };
  });
}
