/**
 * The table of what reviewers say of a topic. The topics themselves are facets
 * (`answers-schema.ts`). The migration that makes it is written by hand (`migrations/0054_topics.sql`).
 */
import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });

/** A sentence of a review that holds a topic of its list. */
export const topicQuotes = pgTable(
  'topic_quotes',
  {
    shopId: number().notNull(),
    /** Of a product, or of a group. */
    listId: number().notNull(),
    topic: text().notNull(),
    reviewId: number().notNull(),
    quote: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.listId, table.topic, table.reviewId] })],
);
