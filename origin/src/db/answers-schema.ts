/**
 * The tables of what reviewers answered to a shop's own questions, and of what reviews have in
 * common. The migration that makes them is written by hand (`migrations/0021_review_answers.sql`).
 */
import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });

/** A row for each option that was chosen, and each place on a scale; free words have none. */
export const reviewAnswers = pgTable(
  'review_answers',
  {
    reviewId: number().notNull(),
    shopId: number().notNull(),
    productId: number().notNull(),
    question: text().notNull(),
    value: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.question, table.value] })],
);

/** Kept with each change of visible reviews, so that no read counts; topics a little later, by a job. */
export const reviewFacets = pgTable(
  'review_facets',
  {
    shopId: number().notNull(),
    /** Of a product, or of a group; 0 for the whole shop. */
    listId: number().notNull(),
    kind: text().$type<'locale' | 'country' | 'variant' | 'scale' | 'topic'>().notNull(),
    /** Of a scale, the question's id. */
    value: text().notNull(),
    count: integer().notNull(),
    /** Of a scale, the sum of the answers. */
    total: integer().notNull(),
    /** Of a scale, the question as it read last. */
    label: text(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.listId, table.kind, table.value] })],
);
