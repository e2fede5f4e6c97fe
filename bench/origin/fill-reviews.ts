/**
 * Fills an empty database with reviews that are made up but the same every time: products and words by
 * Zipf's law, in no order, as an import brings them. Far faster than the origin writes.
 */
import { ratingShardOf } from '../../contract/src/index.ts';
import { relevance } from '../../origin/src/domain/reviews/relevance.ts';
import { mulberry32, zipf } from '../measure/chance.ts';
import { copyInto, runSql } from '../servers/scratch-database.ts';

export const REVIEWS_PER_PRODUCT = 20;

const SEED = 1_000_000;
const CHUNK_ROWS = 1000;
const VOCABULARY = 20_000;
const SYLLABLES = ['ba', 'do', 'fi', 'ge', 'ku', 'la', 'mo', 'ne', 'pi', 'ra', 'su', 'te', 'vo'];
const BODY_WORDS = { least: 8, most: 60 };
const START_MS = Date.UTC(2023, 0, 1);
const YEARS_MS = 3 * 365 * 86_400_000;

/** Said in half of the reviews with one star, and in no other. */
export const COMPLAINT = 'broke';

/** The word that is the n-th most common one; the most common stands in nearly every review. */
export function wordOf(rank: number): string {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length];
  }
  return word;
}

/** The shop's id of the product with the n-th most reviews. */
export const productOf = (rank: number): string => `product-${rank}`;

/** Fills shop 1 of a database that has the origin's tables and that shop, and nothing else. */
export async function fillReviews(url: string, count: number): Promise<void> {
  // Built afterwards, indexes take a third of the time.
  const rebuild = dropIndexes(url);
  const products = Math.ceil(count / REVIEWS_PER_PRODUCT);
  await copyInto(url, 'products (id, shop_id, external_id, title, rating_shard)', productLines());
  await copyInto(url, `reviews (${COLUMNS.join(', ')})`, reviewLines(count, products));
  runSql(url, "set maintenance_work_mem = '512MB'", ...rebuild, ...SUMMARIES);
  runSql(url, 'vacuum analyze');

  function* productLines(): Generator<string> {
    for (let rank = 0; rank < products; rank++) {
      const id = productOf(rank);
      yield `${rank + 1}\t1\t${id}\tThing ${rank}\t${ratingShardOf(id)}\n`;
    }
  }
}

/** @returns the statements that make them again */
function dropIndexes(url: string): string[] {
  const found = runSql(
    url,
    `select indexname || '|' || indexdef from pg_indexes where tablename = 'reviews'
     and indexname not in (select conname from pg_constraint)`,
  );
  const indexes = found.split('\n').map((line) => line.split('|'));
  runSql(url, ...indexes.map(([name]) => `drop index "${name}"`));
  return indexes.map(([, definition = '']) => definition);
}

const COLUMNS = [
  'public_id',
  'shop_id',
  'product_id',
  'rating',
  'title',
  'body',
  'author',
  'verified',
  'incentivized',
  'locale',
  'country',
  'status',
  'media_count',
  'votes_up',
  'votes_down',
  'relevance',
  'source',
  'source_key',
  'key_version',
  'created_at',
  'published_at',
];

function* reviewLines(count: number, products: number): Generator<string> {
  const random = mulberry32(SEED);
  const chooseProduct = zipf(products, 1, random);
  const chooseWord = zipf(VOCABULARY, 1, random);
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  const text = (length: number): string =>
    Array.from({ length }, () => words[chooseWord()]).join(' ');
  let chunk = '';
  for (let row = 0; row < count; row++) {
    const rating = choose(RATINGS, random);
    const length = BODY_WORDS.least + Math.floor(random() * (BODY_WORDS.most - BODY_WORDS.least));
    const complaint = rating === 1 && random() < 0.5 ? ` ${COMPLAINT}` : '';
    const signals = {
      body: text(length) + complaint,
      mediaCount: random() < 0.1 ? 1 + Math.floor(random() * 3) : 0,
      verified: random() < 0.7,
      votesUp: Math.floor(random() ** 6 * 30),
      votesDown: Math.floor(random() ** 8 * 10),
    };
    const createdAt = new Date(START_MS + Math.floor(random() * YEARS_MS)).toISOString();
    const place = choose(PLACES, random);
    const fields = [
      `bench${row}`,
      1,
      chooseProduct() + 1,
      rating,
      text(3),
      signals.body,
      'Mara',
      signals.verified,
      random() < 0.05,
      place.locale,
      place.country,
      random() < 0.97 ? 'published' : 'pending',
      signals.mediaCount,
      signals.votesUp,
      signals.votesDown,
      relevance(signals),
      'bench',
      row,
      1,
      createdAt,
      createdAt,
    ];
    chunk += `${fields.join('\t')}\n`;
    if ((row + 1) % CHUNK_ROWS === 0 || row + 1 === count) {
      yield chunk;
      chunk = '';
    }
  }
}

/** What may come, and how often of all times. */
type Shares<T> = readonly (readonly [value: T, share: number])[];

const RATINGS: Shares<number> = [
  [5, 0.62],
  [4, 0.2],
  [3, 0.08],
  [2, 0.04],
  [1, 0.06],
];
/** The last is one that hardly anybody writes in. */
const PLACES: Shares<{ locale: string; country: string }> = [
  [{ locale: 'en-US', country: 'US' }, 0.6],
  [{ locale: 'de-DE', country: 'DE' }, 0.25],
  [{ locale: 'fr', country: 'FR' }, 0.1499],
  [{ locale: 'is', country: 'IS' }, 0.0001],
];

function choose<T>(shares: Shares<T>, random: () => number): T {
  let left = random();
  for (const [value, share] of shares) if ((left -= share) < 0) return value;
  const [[first] = []] = shares;
  if (first === undefined) throw new RangeError('There is nothing to choose from.');
  return first;
}

const STARS = [1, 2, 3, 4, 5];
const COUNTS = [
  ...STARS.map((star) => `count(*) filter (where rating = ${star})`),
  ...STARS.map((star) => `count(*) filter (where rating = ${star} and not incentivized)`),
].join(', ');

/** What the origin keeps beside the reviews. */
const SUMMARIES = [
  `insert into rating_summaries select product_id, 1, ${COUNTS} from reviews
   where status = 'published' group by product_id`,
  `delete from shop_summaries`,
  `insert into shop_summaries select 1, ${COUNTS} from reviews where status = 'published'`,
  ...['lower(locale)', 'country'].map(
    (value) => `insert into review_facets (shop_id, product_id, kind, value, count, total)
      select 1, coalesce(product_id, 0), '${value === 'country' ? value : 'locale'}', ${value}, count(*), 0
      from reviews where status = 'published'
      group by grouping sets ((product_id, ${value}), (${value}))`,
  ),
];
