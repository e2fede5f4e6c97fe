/**
 * The tables of questions, answers and votes. The migration that makes them, with the indexes, is
 * written by hand (`migrations/0020_questions.sql`).
 */
import type { ReviewStatus } from '@plaudit/contract';
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Hold } from './hold.ts';

const number = () => bigint({ mode: 'number' });
const identity = () => number().primaryKey().generatedAlwaysAsIdentity();
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const voteCounts = () => ({
  votesUp: integer().notNull().default(0),
  votesDown: integer().notNull().default(0),
});

export const questions = pgTable('questions', {
  id: identity(),
  publicId: text().notNull().unique(),
  shopId: number().notNull(),
  productId: number().notNull(),
  body: text().notNull(),
  author: text(),
  /** As in reviews. */
  email: text(),
  emailHash: text(),
  keyVersion: integer().notNull().default(0),
  locale: text(),
  status: text().$type<ReviewStatus>().notNull(),
  heldBy: jsonb().$type<Hold[]>(),
  ...voteCounts(),
  /** Unique within the shop: makes asking safe to repeat. */
  sourceKey: text(),
  /** Keyed digest of what was asked under `sourceKey`, to tell a retry from another question. */
  sourceDigest: text(),
  createdAt: instant().notNull(),
});

export const answers = pgTable('answers', {
  id: identity(),
  publicId: text().notNull().unique(),
  shopId: number().notNull(),
  questionId: number().notNull(),
  body: text().notNull(),
  author: text(),
  byShop: boolean().notNull(),
  status: text().$type<ReviewStatus>().notNull(),
  heldBy: jsonb().$type<Hold[]>(),
  ...voteCounts(),
  createdAt: instant().notNull(),
});

/** Published questions and their published answers: kept with each change, so that no read counts. */
export const questionCounts = pgTable('question_counts', {
  productId: number().primaryKey(),
  shopId: number().notNull(),
  questions: integer().notNull().default(0),
  answers: integer().notNull().default(0),
});

/** What can be voted on. */
export type VoteKind = 'review' | 'question' | 'answer';

/** One row for each visitor and what it voted on; whoever takes a vote back leaves none. */
export const votes = pgTable(
  'votes',
  {
    shopId: number().notNull(),
    kind: text().$type<VoteKind>().notNull(),
    subjectId: number().notNull(),
    /** Digest of the visitor's token and the shop: it leads neither back nor to another shop. */
    voter: text().notNull(),
    /** 1 or -1. */
    vote: smallint().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subjectId, table.voter] })],
);
