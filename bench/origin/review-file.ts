/** A file of made-up reviews, as a merchant brings it: a table with ids, addresses and photos. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeUpReviews, productOf, REVIEWS_PER_PRODUCT } from './made-up-reviews.ts';

const CHUNK_ROWS = 500;
const HEADINGS =
  'id,product_id,rating,title,body,author,email,created_at,verified,incentivized,locale,country,status,helpful_up,helpful_down,pictures';

/**
 * Writes a table of reviews.
 * @param options.hasIds whether each row has an id of its own; a row without is known by what it says
 */
export async function writeReviewFile(
  path: string,
  rows: number,
  options: { hasIds: boolean },
): Promise<void> {
  await pipeline(Readable.from(lines(rows, options)), createWriteStream(path));
}

function* lines(rows: number, { hasIds }: { hasIds: boolean }): Generator<string> {
  let chunk = `${HEADINGS}\n`;
  let row = 0;
  for (const review of makeUpReviews(rows, Math.ceil(rows / REVIEWS_PER_PRODUCT))) {
    const pictures = Array.from(
      { length: review.mediaCount },
      (_, n) => `https://photos.example/${row}-${n}.jpg`,
    );
    const cells = [
      hasIds ? `review-${row}` : '',
      productOf(review.rank),
      review.rating,
      review.title,
      review.body,
      'Mara K.',
      `customer-${row % Math.ceil(rows / 2)}@example.com`,
      review.createdAt,
      review.verified,
      review.incentivized,
      review.locale,
      review.country,
      review.status,
      review.votesUp,
      review.votesDown,
      pictures.join(' '),
    ];
    chunk += `${cells.join(',')}\n`;
    row += 1;
    if (row % CHUNK_ROWS === 0 || row === rows) {
      yield chunk;
      chunk = '';
    }
  }
}
