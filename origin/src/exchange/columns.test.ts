import { expect, test } from 'vitest';
import { findColumns, readColumnOptions } from './columns.ts';

test.each([
  ['Review Score', 'rating'],
  ['review_score', 'rating'],
  ['ReviewScore', 'rating'],
  ['REVIEW-BODY', 'body'],
  ['reviewer.name', 'author'],
  ['Shopify Product Handle', 'productHandle'],
  ['SKU', 'productSku'],
  ['Verified Purchase', 'verified'],
  ['reply_date', 'replyAt'],
  ['metaobject_handle', undefined],
])('%s is %s', (heading, field) => {
  expect(Object.keys(findColumns([heading]))).toEqual(field ? [field] : []);
});

test('the surer heading of two wins, wherever it stands', () => {
  expect(findColumns(['content', 'body']).body).toBe('body');
  expect(findColumns(['body', 'content']).body).toBe('body');
});

test('a column that a format claims for one field is no other’s', () => {
  const headings = ['Rating', 'comment_content'];
  expect(findColumns(headings)).toMatchObject({ reply: 'comment_content' });
  const claimed = findColumns(headings, { body: ['commentcontent'] });
  expect(claimed).toEqual({ rating: 'Rating', body: 'comment_content' });
});

test.each([
  [['movie_id', 'rating'], 'movie_id'],
  [['Clothing ID', 'rating'], 'Clothing ID'],
  [['user_id', 'rating'], undefined],
  [['order_id', 'rating'], undefined],
  [['movie_id', 'film_id'], undefined],
  [['movie_id', 'handle'], undefined],
])('of %j the product’s id is %s', (headings, productId) => {
  expect(findColumns(headings).productId).toBe(productId);
});

test('an option may name a column that holds the equals sign', () => {
  expect(readColumnOptions(['a=b=rating'], ['a=b'])).toEqual({ rating: 'a=b' });
});
