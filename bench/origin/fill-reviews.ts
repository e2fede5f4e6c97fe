/** Fills an empty database with made-up reviews, as an import brings them. Far faster than the origin writes. */
import { ratingShardOf } from '../../contract/src/index.ts';
import { relevance } from '../../origin/src/domain/reviews/relevance.ts';
import { copyInto, runSql } from '../servers/scratch-database.ts';
import { makeUpReviews, productOf, REVIEWS_PER_PRODUCT } from './made-up-reviews.ts';

const CHUNK_ROWS = 1000;

/** These, by their rank, are one group: popular, and without the most popular one. */
export const GROUPED = { first: 1, last: 20 };
const GROUP = -1;

/** Whether the product with the n-th most reviews is of the group, as it stands in a row. */
const groupOf = (rank: number): string =>
  rank >= GROUPED.first && rank <= GROUPED.last ? `${GROUP}` : String.raw`\N`;

/** Fills shop 1 of a database that has the origin's tables and that shop, and nothing else. */
export async function fillReviews(url: string, count: number): Promise<void> {
  // Built afterwards, indexes take a third of the time.
  const rebuild = dropIndexes(url);
  const products = Math.ceil(count / REVIEWS_PER_PRODUCT);
  runSql(url, `insert into product_groups (shop_id, name) values (1, 'Group')`);
  await copyInto(
    url,
    'products (id, shop_id, external_id, title, rating_shard, group_id)',
    productLines(),
  );
  await copyInto(url, `reviews (${COLUMNS.join(', ')})`, reviewLines(count, products));
  runSql(url, "set maintenance_work_mem = '512MB'", ...rebuild, ...SUMMARIES);
  runSql(url, 'vacuum analyze');

  function* productLines(): Generator<string> {
    for (let rank = 0; rank < products; rank++) {
      const id = productOf(rank);
      yield `${rank + 1}\t1\t${id}\tThing ${rank}\t${ratingShardOf(id)}\t${groupOf(rank)}\n`;
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
  'group_id',
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
  let chunk = '';
  let row = 0;
  for (const review of makeUpReviews(count, products)) {
    const fields = [
      `bench${row}`,
      1,
      review.rank + 1,
      groupOf(review.rank),
      review.rating,
      review.title,
      review.body,
      'Mara',
      review.verified,
      review.incentivized,
      review.locale,
      review.country,
      review.status,
      review.mediaCount,
      review.votesUp,
      review.votesDown,
      relevance(review),
      'bench',
      row,
      1,
      review.createdAt,
      review.createdAt,
    ];
    chunk += `${fields.join('\t')}\n`;
    row += 1;
    if (row % CHUNK_ROWS === 0 || row === count) {
      yield chunk;
      chunk = '';
    }
  }
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
  `insert into rating_summaries select ${GROUP}, 1, ${COUNTS} from reviews
   where status = 'published' and group_id = ${GROUP}`,
  `delete from shop_summaries`,
  `insert into shop_summaries select 1, ${COUNTS} from reviews where status = 'published'`,
  ...['lower(locale)', 'country'].map(
    (value) => `insert into review_facets (shop_id, list_id, kind, value, count, total)
      select 1, coalesce(product_id, 0), '${value === 'country' ? value : 'locale'}', ${value}, count(*), 0
      from reviews where status = 'published'
      group by grouping sets ((product_id, ${value}), (${value}))`,
  ),
  `insert into review_facets (shop_id, list_id, kind, value, count, total)
   select shop_id, ${GROUP}, kind, value, sum(count), 0 from review_facets
   where list_id between ${GROUPED.first + 1} and ${GROUPED.last + 1} group by shop_id, kind, value`,
];
