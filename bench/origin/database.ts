/**
 * What the origin's reads cost at the database, and how that grows with what a shop has: each verb is
 * called as the API calls it, under row-level security, and Postgres explains the statements it sent.
 */
import type { ReviewQuery } from '../../contract/src/index.ts';
import { openExplainer, type Explained, type Explainer } from '../../origin/test/explain.ts';
import { openDatabase } from '../../origin/src/db/database.ts';
import { listRatings } from '../../origin/src/domain/ratings/list.ts';
import { listProductReviews, listShopReviews } from '../../origin/src/domain/reviews/list.ts';
import { makeScratchDatabase, runSql } from '../servers/scratch-database.ts';
import { fillReviews, GROUPED } from './fill-reviews.ts';
import { COMPLAINT, productOf, REVIEWS_PER_PRODUCT, wordOf } from './made-up-reviews.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const GOAL_MS = 3;
const ROUNDS = 15;
const LISTING_SIZE = 48;
const DEEP_PAGE = 1000;
const PAGE_SIZE = 10;
const SHOP = 1;
/** From so many reviews on no table that grows may be read whole; below, that can be the shortest way. */
const LARGE = 100_000;
/** Tables that grow with a shop; of those with a row a shop, reading them whole is the shortest way. */
const GROWING = ['reviews', 'products', 'rating_summaries', 'review_facets', 'review_answers'];

type Work = (explainer: Explainer) => Promise<unknown>;
/** Some work, or `undefined` where the shop is too small for it. */
type Case = (explainer: Explainer, reviews: number) => Promise<Work | undefined>;

const ofProduct =
  (query: ReviewQuery, rank = 0): Work =>
  ({ db }) =>
    listProductReviews(db, SHOP, productOf(rank), query);
const ofGroup = (query: ReviewQuery): Work => ofProduct(query, GROUPED.first);
const ofShop =
  (query: ReviewQuery): Work =>
  ({ db }) =>
    listShopReviews(db, SHOP, query);
const always =
  (work: Work): Case =>
  async () =>
    work;

const CASES: Readonly<Record<string, Case>> = {
  'first page': always(ofProduct({})),
  'first page, newest': always(ofProduct({ sort: 'newest' })),
  'first page of a usual product': async (_, reviews) =>
    ofProduct({}, Math.floor(reviews / REVIEWS_PER_PRODUCT / 2)),
  'page 1,000': deepPage(ofProduct),
  'one star': always(ofProduct({ rating: [1] })),
  'one or two stars, newest': always(ofProduct({ rating: [1, 2], sort: 'newest' })),
  'with photos': always(ofProduct({ media: true })),
  verified: always(ofProduct({ verified: true })),
  'one star, photos, unverified': always(ofProduct({ rating: [1], media: true, verified: false })),
  'in German': always(ofProduct({ locale: 'de' })),
  'in Icelandic': always(ofProduct({ locale: 'is' })),
  'from nowhere': always(ofProduct({ country: 'AQ' })),
  'word of a third': always(ofProduct({ q: wordOf(10) })),
  'word of a hundredth': always(ofProduct({ q: wordOf(250) })),
  'word of a thousandth': always(ofProduct({ q: wordOf(2500) })),
  'word of nobody': always(ofProduct({ q: 'nowhere' })),
  'beginning of words': always(ofProduct({ q: 'suv' })),
  'complaint, best first': always(ofProduct({ q: COMPLAINT, sort: 'highest' })),
  'group of 20, first page': always(ofGroup({})),
  'group, newest': always(ofGroup({ sort: 'newest' })),
  'group, page 1,000': deepPage(ofGroup),
  'group, one star': always(ofGroup({ rating: [1] })),
  'group, in Icelandic': always(ofGroup({ locale: 'is' })),
  'group, word of a thousandth': always(ofGroup({ q: wordOf(2500) })),
  'group, word of nobody': always(ofGroup({ q: 'nowhere' })),
  'shop, first page': always(ofShop({})),
  'shop, newest': always(ofShop({ sort: 'newest' })),
  'shop, highest': always(ofShop({ sort: 'highest' })),
  'shop, lowest, with photos': always(ofShop({ sort: 'lowest', media: true })),
  'shop, most helpful, in German': always(ofShop({ sort: 'helpful', locale: 'de' })),
  'shop, photos first, one star': always(ofShop({ sort: 'media', rating: [1] })),
  'shop, page 1,000': deepPage(ofShop),
  'shop, one star': always(ofShop({ rating: [1] })),
  'shop, with photos': always(ofShop({ media: true })),
  'shop, in Icelandic': always(ofShop({ locale: 'is' })),
  'shop, from nowhere': always(ofShop({ country: 'AQ' })),
  'shop, word of a third': always(ofShop({ q: wordOf(10) })),
  'shop, word of a hundredth': always(ofShop({ q: wordOf(250) })),
  'shop, word of a thousandth': always(ofShop({ q: wordOf(2500) })),
  'shop, word of nobody': always(ofShop({ q: 'nowhere' })),
  'shop, beginning of words': always(ofShop({ q: 'suv' })),
  'shop, two letters': always(ofShop({ q: 'su' })),
  'shop, complaint, newest': always(ofShop({ q: COMPLAINT, sort: 'newest' })),
  'ratings of 48 products': async (_, reviews) => (explainer) =>
    listRatings(explainer.db, SHOP, someProducts(reviews)),
};

/** Popular ones and others, as on a listing page. */
const someProducts = (reviews: number): string[] => {
  const step = reviews / REVIEWS_PER_PRODUCT / LISTING_SIZE;
  return Array.from({ length: LISTING_SIZE }, (_, n) => productOf(Math.floor(n * step)));
};

/** The cursor of the page is found by reading up to it, in greater steps. */
function deepPage(list: (query: ReviewQuery) => Work): Case {
  return async (explainer) => {
    let cursor: string | undefined;
    let left = (DEEP_PAGE - 1) * PAGE_SIZE;
    while (left > 0) {
      const limit = Math.min(left, 100);
      const page = (await list({ limit, ...(cursor === undefined ? {} : { cursor }) })(
        explainer,
      )) as { next?: string };
      if (page.next === undefined) return undefined;
      cursor = page.next;
      left -= limit;
    }
    return cursor === undefined ? undefined : list({ cursor });
  };
}

interface Figure {
  ms: number;
  plan: string;
}

/**
 * Prints the medians. Pages are the whole shop's where it says so, and of the product with most reviews else.
 * @throws {Error} where a table that grows was read from end to end
 */
export async function measureDatabase(): Promise<void> {
  const figures = new Map<number, Map<string, Figure>>();
  const faults: string[] = [];
  for (const reviews of SIZES) {
    const database = makeScratchDatabase();
    try {
      await prepare(database.url, reviews);
      const explainer = await openExplainer(database.url);
      try {
        figures.set(reviews, await measureCases(explainer, reviews, faults));
      } finally {
        await explainer.close();
      }
    } finally {
      database.drop();
    }
  }
  print(figures);
  if (faults.length > 0) throw new Error(`Read from end to end: ${faults.join('; ')}`);
}

async function prepare(url: string, reviews: number): Promise<void> {
  const { close } = await openDatabase({ databaseUrl: url });
  await close();
  runSql(
    url,
    `insert into shops (app_key, name, settings) values ('bench', 'Bench', '{}')`,
    `insert into shop_summaries (shop_id) values (${SHOP})`,
  );
  await fillReviews(url, reviews);
}

async function measureCases(
  explainer: Explainer,
  reviews: number,
  faults: string[],
): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>();
  for (const [name, prepareCase] of Object.entries(CASES)) {
    const work = await prepareCase(explainer, reviews);
    if (!work) continue;
    const before = await explainer.sequentialScans();
    const rounds = await explainer.explain(SHOP, () => work(explainer), ROUNDS);
    const after = await explainer.sequentialScans();
    const read = GROWING.filter((table) => (after[table] ?? 0) > (before[table] ?? 0));
    const isFault = reviews >= LARGE && read.length > 0;
    if (isFault) faults.push(`${name} of ${reviews}: ${read.join(', ')}`);
    figures.set(name, { ms: median(rounds.map(total)), plan: planOf(rounds) });
  }
  return figures;
}

const total = (statements: Explained[]): number => statements.reduce((sum, { ms }) => sum + ms, 0);

/** How the statement that reads reviews finds them: the longest one. */
function planOf([round = []]: Explained[][]): string {
  const longest = round.toSorted((a, b) => b.ms - a.ms)[0];
  return [...new Set(longest?.scans)].join(', ');
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function print(figures: ReadonlyMap<number, ReadonlyMap<string, Figure>>): void {
  const sizes = [...figures.keys()];
  const heading = sizes.map((size) => size.toLocaleString('en').padStart(10)).join('');
  console.log(
    `\ndatabase: milliseconds of planning and running, median of ${ROUNDS}, by reviews of the shop` +
      `\n  ${''.padEnd(32)}${heading}`,
  );
  for (const name of Object.keys(CASES)) {
    const cells = sizes.map((size) => figures.get(size)?.get(name));
    const times = cells.map((cell) => (cell ? cell.ms.toFixed(2) : '–').padStart(10)).join('');
    const last = cells.at(-1);
    const mark = (last?.ms ?? 0) > GOAL_MS ? '!' : ' ';
    console.log(`  ${name.padEnd(32)}${times} ${mark} ${last?.plan ?? ''}`.trimEnd());
  }
}
