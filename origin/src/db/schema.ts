/**
 * The tables. Every row names its shop, and row-level security (`row-security.ts`) shows it to that
 * shop only. Rows never leave `domain/`.
 */
import type {
  Incentive,
  Media,
  Reply,
  ReviewAnswer,
  ReviewStatus,
  Settings,
  Translation,
} from '@plaudit/contract';
import { sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Hold } from './hold.ts';

/** What a reviewer agreed to when the review was sent. */
export interface Consent {
  /** Of the settings whose text beside the form was shown; versions never change. */
  version: number;
  /** The language that the form was in, where it said so. */
  locale?: string;
}

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const starCounts = () => ({
  n1: integer().notNull().default(0),
  n2: integer().notNull().default(0),
  n3: integer().notNull().default(0),
  n4: integer().notNull().default(0),
  n5: integer().notNull().default(0),
  organic1: integer().notNull().default(0),
  organic2: integer().notNull().default(0),
  organic3: integer().notNull().default(0),
  organic4: integer().notNull().default(0),
  organic5: integer().notNull().default(0),
});

export const shops = pgTable('shops', {
  id: identity(),
  /** Public: it stands in every path. */
  appKey: text().notNull().unique(),
  name: text().notNull(),
  settings: jsonb().$type<Settings>().notNull(),
  createdAt: instant().notNull().defaultNow(),
});

/** The rating summary of everything in a shop: one row a shop. */
export const shopSummaries = pgTable('shop_summaries', {
  shopId: bigint({ mode: 'number' })
    .primaryKey()
    .references(() => shops.id, { onDelete: 'cascade' }),
  ...starCounts(),
});

export const products = pgTable(
  'products',
  {
    id: identity(),
    shopId: bigint({ mode: 'number' })
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' }),
    /** The shop's own id. */
    externalId: text().notNull(),
    title: text(),
    url: text(),
    imageUrl: text(),
    ratingShard: smallint().notNull(),
    /** The group that it shares its reviews with (`groups-schema.ts`). */
    groupId: bigint({ mode: 'number' }),
    /** The list that its visitors see: its group's, or its own. */
    listId: bigint({ mode: 'number' })
      .notNull()
      .generatedAlwaysAs(sql`(coalesce(group_id, id))`),
    /** Since when its shop has taken it away. */
    archivedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('products_shop_external_id').on(table.shopId, table.externalId),
    index('products_shop_shard').on(table.shopId, table.ratingShard),
    index('products_group')
      .on(table.groupId)
      .where(sql`${table.groupId} is not null`),
  ],
);

/** Kept in the same transaction as the reviews they sum up, so that no read ever counts. */
export const ratingSummaries = pgTable('rating_summaries', {
  /** Of a product, or of a group. */
  listId: bigint({ mode: 'number' }).primaryKey(),
  shopId: bigint({ mode: 'number' })
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' }),
  ...starCounts(),
  /** Whether reviews have changed since topics were found. */
  topicsStale: boolean().notNull().default(true),
  topicsAt: instant(),
});

export const reviews = pgTable(
  'reviews',
  {
    id: identity(),
    /** The id that leaves the origin: random, so that it tells no volume. */
    publicId: text().notNull().unique(),
    shopId: bigint({ mode: 'number' })
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' }),
    productId: bigint({ mode: 'number' })
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    /** Of its product, kept so by whatever writes either of them. */
    groupId: bigint({ mode: 'number' }),
    rating: smallint().notNull(),
    title: text(),
    body: text(),
    author: text(),
    /** Sealed; never leaves the origin. */
    email: text(),
    /** Keyed, to find the reviews of an address by. */
    emailHash: text(),
    /** Of the key that sealed; 0 for what was written before there were keys. */
    keyVersion: integer().notNull().default(0),
    verified: boolean().notNull().default(false),
    incentivized: boolean().notNull().default(false),
    incentive: text().$type<Incentive>(),
    /** To the shop's own questions. */
    answers: jsonb().$type<ReviewAnswer[]>(),
    locale: text(),
    country: text(),
    status: text().$type<ReviewStatus>().notNull(),
    heldBy: jsonb().$type<Hold[]>(),
    media: jsonb().$type<Media[]>(),
    mediaCount: smallint().notNull().default(0),
    reply: jsonb().$type<Reply>(),
    translation: jsonb().$type<Translation>(),
    votesUp: integer().notNull().default(0),
    votesDown: integer().notNull().default(0),
    /** Sort key of `lowest`: row-level security lets no expression reach an index. */
    ratingNegated: smallint().generatedAlwaysAs((): SQL => sql`(-${reviews.rating})`),
    /** Sort key of `helpful`. */
    helpfulness: integer().generatedAlwaysAs(
      (): SQL => sql`(${reviews.votesUp} - ${reviews.votesDown})`,
    ),
    /** Sort key of `relevant`; see `domain/reviews/relevance.ts`. */
    relevance: integer().notNull().default(0),
    consent: jsonb().$type<Consent>(),
    /** Where the review came from: `storefront`, or the import's format. */
    source: text().notNull(),
    /** Unique within shop and source: makes imports and submissions safe to repeat. */
    sourceKey: text(),
    /** Keyed digest of what was submitted under `sourceKey`, to tell a retry from another review. */
    sourceDigest: text(),
    /** Keyed digest of the words of what was submitted, however they are spelt. */
    textDigest: text(),
    /** Digest of what its writer may change it with. */
    editDigest: text(),
    createdAt: instant().notNull(),
    publishedAt: instant(),
    /** Words and marks (`migrations/0105_review_marks.sql`); `domain/reviews/filters.ts` asks for them. */
    search: tsvector().generatedAlwaysAs(sql``),
  },
  (table) => {
    const published = sql`${table.status} = 'published'`;
    const grouped = sql`${published} and ${table.groupId} is not null`;
    // One index a sort order of a list, each ending in what breaks ties, so that every page costs the
    // same. Every index slows each write; those of groups only where there is one.
    const inEachOrder = (name: string, list: typeof table.productId) => {
      const { createdAt, id, rating, ratingNegated, helpfulness, mediaCount, relevance } = table;
      const where = list === table.groupId ? grouped : published;
      return [
        index(`reviews_${name}_newest`).on(list, createdAt, id).where(where),
        index(`reviews_${name}_rating`).on(list, rating, createdAt, id).where(where),
        index(`reviews_${name}_lowest`).on(list, ratingNegated, createdAt, id).where(where),
        index(`reviews_${name}_helpful`).on(list, helpfulness, createdAt, id).where(where),
        index(`reviews_${name}_media`).on(list, mediaCount, createdAt, id).where(where),
        index(`reviews_${name}_relevant`).on(list, relevance, createdAt, id).where(where),
      ];
    };
    return [
      uniqueIndex('reviews_source_key').on(table.shopId, table.source, table.sourceKey),
      index('reviews_search').using('gin', table.search),
      index('reviews_pending')
        .on(table.shopId, table.id)
        .where(sql`${table.status} = 'pending'`),
      index('reviews_text_digest')
        .on(table.shopId, table.textDigest)
        .where(sql`${table.textDigest} is not null`),
      ...inEachOrder('product', table.productId),
      ...inEachOrder('group', table.groupId),
      ...inEachOrder('shop', table.shopId),
    ];
  },
);

/** What has to be told to the world, written with what it tells of; the dispatcher works it off. */
export const outbox = pgTable(
  'outbox',
  {
    id: identity(),
    /** No foreign key: of a shop that was removed it is still told. */
    shopId: bigint({ mode: 'number' }).notNull(),
    kind: text().$type<'purge'>().notNull(),
    payload: jsonb().$type<PurgePayload>().notNull(),
    createdAt: instant().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    deliveredAt: instant(),
  },
  (table) => [
    index('outbox_due')
      .on(table.nextAttemptAt, table.id)
      .where(sql`${table.deliveredAt} is null`),
    index('outbox_delivered')
      .on(table.deliveredAt)
      .where(sql`${table.deliveredAt} is not null`),
  ],
);

/** Payload of an outbox row of kind `purge`. */
export interface PurgePayload {
  tags: string[];
  mode: 'soft' | 'hard';
}
