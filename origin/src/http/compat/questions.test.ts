import { expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';

describeCompat('questions for clients of Yotpo', ({ body }) => {
  test.each([
    ['/products/acme/kettle/questions?count=20&page=3', { page: 3, per_page: 20 }],
    ['/v1/widget/acme/products/kettle/questions', { page: 1, per_page: 5 }],
  ])('%s has none, in the shape of a list', async (path, page) => {
    expect(await body(path)).toEqual({
      status: { code: 200, message: 'OK' },
      response: { total_questions: 0, total_answers: 0, ...page, questions: [] },
    });
  });
});
