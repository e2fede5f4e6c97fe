/** A shop whose products share their reviews, and a plain account of what each of them should show. */
import {
  productTag,
  ratingShardOf,
  ratingsTag,
  REVIEW_SORTS,
  type FacetCount,
  type Histogram,
  type Rating,
  type ReviewQuery,
} from '@plaudit/contract';
import { eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { asSystem, inShop } from '../src/db/row-security.ts';
import { outbox, products, reviews } from '../src/db/schema.ts';
import type { Context } from '../src/domain/context.ts';
import { finishImport } from '../src/domain/imports/finish.ts';
import { startImport } from '../src/domain/imports/start.ts';
import { undoImport } from '../src/domain/imports/undo.ts';
import { erasePerson } from '../src/domain/persons/erase.ts';
import { saveProduct } from '../src/domain/products/save.ts';
import { findNumberedProducts } from '../src/domain/ratings/find-numbered.ts';
import { listRatings, listRatingShard } from '../src/domain/ratings/list.ts';
import { changeReview } from '../src/domain/reviews/change.ts';
import { importReviews } from '../src/domain/reviews/import-batch.ts';
import { listNumberedReviews } from '../src/domain/reviews/list-numbered.ts';
import { listProductReviews } from '../src/domain/reviews/list.ts';
import { moderateReview } from '../src/domain/reviews/moderate.ts';
import { submitReview } from '../src/domain/reviews/submit.ts';
import { createShop } from '../src/domain/shops/create.ts';
import { findShop, type Shop } from '../src/domain/shops/find.ts';
import { castVote } from '../src/domain/votes/cast.ts';
import { foreignReview } from './compat-shop.ts';

/** The products of such a shop. */
export const PRODUCTS = ['red', 'blue', 'green', 'lamp'] as const;
const PAGE = 5;

interface Row {
  id: string;
  product: string;
  title: string | null;
  status: string;
  rating: number;
  incentivized: boolean;
  locale: string | null;
  shown: string;
}

/** What is in the tables, whatever is kept beside them. */
const readRows = ({ db }: Context, shop: Shop): Promise<Row[]> =>
  asSystem(db, async (tx) =>
    tx
      .select({
        id: reviews.publicId,
        product: products.externalId,
        title: products.title,
        status: reviews.status,
        rating: reviews.rating,
        incentivized: reviews.incentivized,
        locale: reviews.locale,
        shown: sql<string>`concat_ws(' ', ${reviews.author}, ${reviews.votesUp}, ${reviews.reply})`,
      })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(eq(reviews.shopId, shop.id))
      .orderBy(reviews.publicId),
  );

/** What can happen in it. */
export interface Step {
  kind: 'move' | 'submit' | 'import' | 'decide' | 'reply' | 'vote' | 'erase' | 'undo' | 'rename';
  product: (typeof PRODUCTS)[number];
  /** The group that a product moves to. */
  group: string | null;
  /** Which of the reviews is meant. */
  nth: number;
  /** Whether it ends in something being seen. */
  isSeen: boolean;
}

/** Any of it; groups change more often than the rest. */
export const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind'][]>(
    ...(['move', 'move', 'move', 'submit', 'import', 'decide'] as const),
    ...(['reply', 'vote', 'erase', 'undo', 'rename'] as const),
  ),
  product: fc.constantFrom(...PRODUCTS),
  group: fc.constantFrom('shirts', 'hats', null),
  nth: fc.nat(20),
  isSeen: fc.boolean(),
});

const histogramOf = (rows: readonly Row[]): Histogram => {
  const count = (stars: number) => rows.filter(({ rating }) => rating === stars).length;
  return [count(1), count(2), count(3), count(4), count(5)];
};

/** What a product shows of reviews. */
interface Shown {
  /** As the ratings, their shard and the summary have it. */
  counts: number[];
  all: Histogram;
  organic: Histogram;
  locales: FacetCount[];
  /** By their order: id, product, and its name where it is another than the one asked for. */
  lists: Record<string, string[]>;
  /** As clients get it that know no cursors. */
  numbered: string[];
}

let made = 0;
/** Makes names that were not given before. */
const next = (): number => (made += 1);

/** A shop of its own, and which of its products share their reviews by the plainest of rules. */
export class GroupedShop {
  readonly #context: Context;
  readonly shop: Shop;
  readonly #groups = new Map<string, string>();
  readonly #people = new Map<string, string>();
  readonly #imports: string[] = [];

  constructor(context: Context, shop: Shop) {
    this.#context = context;
    this.shop = shop;
  }

  static async start(context: Context): Promise<GroupedShop> {
    const appKey = `shop-${next()}`;
    await createShop(context, { appKey, name: 'Shop', autoPublish: true });
    return new GroupedShop(context, await findShop(context.db, appKey));
  }

  membersOf(product: string): string[] {
    const group = this.#groups.get(product);
    if (group === undefined) return [product];
    return PRODUCTS.filter((one) => this.#groups.get(one) === group);
  }

  shownBy(product: string, rows: readonly Row[]): Row[] {
    const members = new Set(this.membersOf(product));
    return rows.filter((row) => members.has(row.product) && row.status === 'published');
  }

  /** All that visitors of each product see of reviews, as text. */
  async pages(): Promise<Map<string, string>> {
    const rows = await readRows(this.#context, this.shop);
    return new Map(
      PRODUCTS.map((product) => [product, JSON.stringify(this.shownBy(product, rows))]),
    );
  }

  async takenOut(): Promise<string[]> {
    const { db } = this.#context;
    return asSystem(db, async (tx) => {
      const own = eq(outbox.shopId, this.shop.id);
      const rows = await tx.delete(outbox).where(own).returning({ payload: outbox.payload });
      return rows.flatMap(({ payload }) => payload.tags);
    });
  }

  /** Does a step. @returns the tags that should have been purged with it and were not */
  async take(some: Pick<Step, 'kind'> & Partial<Step>): Promise<string[]> {
    const step = { product: PRODUCTS[0], group: null, nth: 0, isSeen: true, ...some };
    const before = await this.pages();
    await this.takenOut();
    await this.#do(step);
    const tags = new Set(await this.takenOut());
    const after = await this.pages();
    const { appKey } = this.shop;
    const wanted = PRODUCTS.flatMap((product) => {
      if (before.get(product) === after.get(product)) return [];
      const own = productTag(appKey, product);
      // Votes change no rating.
      return step.kind === 'vote' ? [own] : [own, ratingsTag(appKey, ratingShardOf(product))];
    });
    return wanted.filter((tag) => !tags.has(tag));
  }

  async #do(step: Step): Promise<void> {
    const rows = await readRows(this.#context, this.shop);
    const row = rows[step.nth % Math.max(rows.length, 1)];
    const { product, group } = step;
    if (step.kind === 'move') await this.move(product, group);
    if (step.kind === 'submit') await this.#submit(product);
    if (step.kind === 'import') await this.#import(step);
    if (step.kind === 'undo') await this.#undo();
    if (step.kind === 'rename') {
      await saveProduct(this.#context, this.shop.appKey, product, { title: `Title ${next()}` });
    }
    if (row) await this.#change(step, row);
  }

  async #submit(product: string): Promise<void> {
    const number = next();
    const rating = ((number % 5) + 1) as Rating;
    const person = { author: 'Mara', email: `person-${number}@example.com` };
    const review = { rating, ...person, locale: number % 2 ? 'de' : 'fr' };
    const { id } = await submitReview(this.#context, this.shop.appKey, product, review);
    this.#people.set(id, person.email);
  }

  async #import({ product, isSeen }: Step): Promise<void> {
    const source = `import:${next()}`;
    const file = { source, fileName: source, fileDigest: source };
    const own = await startImport(this.#context, this.shop, file);
    const batch = ([2, 4] as const).map((rating) =>
      foreignReview({
        product: { externalId: product },
        rating,
        incentivized: rating === 4,
        locale: 'de',
        status: isSeen ? 'published' : 'pending',
      }),
    );
    const step = { import: own, from: 0, to: batch.length };
    await importReviews(this.#context, this.shop, source, batch, step);
    await finishImport(this.#context, own, { rowsDone: batch.length, failed: 0 });
    this.#imports.push(own.publicId);
  }

  async #undo(): Promise<void> {
    const last = this.#imports.pop();
    if (last !== undefined) await undoImport(this.#context, this.shop.appKey, last);
  }

  async #change({ kind, isSeen }: Step, { id, status }: Row): Promise<void> {
    const context = this.#context;
    const { appKey } = this.shop;
    if (kind === 'decide') {
      await moderateReview(context, appKey, id, isSeen ? 'published' : 'rejected');
    }
    if (kind === 'reply') {
      await changeReview(context, appKey, id, { reply: `Thank you ${next()}` }, () => {});
    }
    if (kind === 'vote' && status === 'published') {
      const vote = { vote: 'up', voter: `a voter of many ${next()}` } as const;
      await castVote(context, appKey, { kind: 'review', id }, vote);
    }
    if (kind === 'erase') {
      const email = this.#people.get(id) ?? 'canary@example.com';
      await erasePerson(context, appKey, email, { removesReviews: !isSeen });
    }
  }

  async move(product: string, group: string | null): Promise<void> {
    await saveProduct(this.#context, this.shop.appKey, product, { groupName: group });
    if (group === null) this.#groups.delete(product);
    else this.#groups.set(product, group);
  }

  /** What each product should show, counted and listed row by row. */
  async expected(): Promise<Record<string, Shown>> {
    const all = await readRows(this.#context, this.shop);
    const shown = PRODUCTS.map((product): [string, Shown] => {
      const rows = this.shownBy(product, all);
      const nameOf = (row: Row) => (row.product === product ? '' : (row.title ?? ''));
      const list = rows.map((row) => `${row.id} ${row.product} ${nameOf(row)}`).toSorted();
      const locales = ['de', 'fr'].map((value) => ({
        value,
        count: rows.filter(({ locale }) => locale === value).length,
      }));
      return [
        product,
        {
          counts: [rows.length, rows.length, rows.length],
          all: histogramOf(rows),
          organic: histogramOf(rows.filter(({ incentivized }) => !incentivized)),
          locales: locales.filter(({ count }) => count > 0).toSorted((x, y) => y.count - x.count),
          lists: Object.fromEntries(REVIEW_SORTS.map((sort) => [sort, list])),
          numbered: rows.map(({ id }) => id).toSorted(),
        },
      ];
    });
    return Object.fromEntries(shown);
  }

  /** What each product does show, read in every way there is. */
  async read(): Promise<Record<string, Shown>> {
    const { db } = this.#context;
    const { id: shopId } = this.shop;
    const ratings = await listRatings(db, shopId, PRODUCTS);
    const shown: Record<string, Shown> = {};
    for (const product of PRODUCTS) {
      const { summary, facets } = await listProductReviews(db, shopId, product, {});
      const shard = await listRatingShard(db, shopId, ratingShardOf(product));
      const counts = [ratings[product]?.count ?? 0, shard[product]?.count ?? 0, summary.count];
      const lists: Shown['lists'] = {};
      for (const sort of REVIEW_SORTS) lists[sort] = await this.#readList(product, { sort });
      shown[product] = {
        counts,
        all: summary.histogram,
        organic: summary.organic.histogram,
        locales: facets?.locales ?? [],
        lists,
        numbered: await this.#readNumbered(product),
      };
    }
    return shown;
  }

  async #readList(product: string, query: ReviewQuery): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const place = cursor === undefined ? {} : { cursor };
      const asked = { ...query, limit: PAGE, ...place };
      const page = await listProductReviews(this.#context.db, this.shop.id, product, asked);
      const lines = page.reviews.map(
        (one) => `${one.id} ${one.productId} ${one.productTitle ?? ''}`,
      );
      found.push(...lines);
      cursor = page.next;
    } while (cursor !== undefined);
    return found.toSorted();
  }

  #readNumbered(product: string): Promise<string[]> {
    return inShop(this.#context.db, this.shop.id, async (tx) => {
      const [found] = await findNumberedProducts(tx, this.shop.id, [product]);
      if (!found) return [];
      const { listNumber } = found;
      const query = { sort: 'newest', offset: 0, limit: 100, listNumber } as const;
      const rows = await listNumberedReviews(tx, this.shop.id, query);
      return rows.map(({ review }) => review.id).toSorted();
    });
  }
}
