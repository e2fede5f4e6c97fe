/** What must compile, and what must not: every mark below is an error that the compiler has to find. */
import { expect, test } from 'vitest';
import { createClient, type Client, type ReviewQuery } from './index.ts';

/** Never called: only its types count. */
async function shopper(client: Client): Promise<void> {
  const page = await client.productReviews('42', { sort: 'newest', rating: [4, 5] });
  const stars: 1 | 2 | 3 | 4 | 5 | undefined = page.reviews[0]?.rating;
  // @ts-expect-error -- a product without reviews has no rating
  const average: number = (await client.ratings(['42']))['42'].average;
  // @ts-expect-error -- there is no such order
  await client.shopReviews({ sort: 'best' });
  // @ts-expect-error -- there are no six stars
  await client.productReviews('42', { rating: [6] });
  // @ts-expect-error -- a review needs an e-mail address
  await client.submitReview('42', { rating: 5, author: 'Jo' });
  // @ts-expect-error -- e-mail addresses never leave the origin
  String(page.reviews[0]?.email);
  // @ts-expect-error -- absent is left out, not undefined
  const query: ReviewQuery = { sort: undefined };
  // @ts-expect-error -- the shop must be named
  createClient({ edge: 'https://reviews.example' });
  void [stars, average, query];
}

test('the types say what the server does', () => {
  expect(shopper).toBeTypeOf('function');
});
