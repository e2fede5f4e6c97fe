import { expect, test } from 'vitest';
import type { ImportedReview } from './imported-review.ts';
import { createReviewIdentity } from './review-identity.ts';

const review: ImportedReview = {
  productId: 'kettle',
  otherProductIds: [],
  rating: 4,
  body: 'Warm',
  verified: false,
  incentivized: false,
  answers: [],
  status: 'published',
  helpfulUp: 0,
  helpfulDown: 0,
  pictureUrls: [],
  videoUrls: [],
  cut: [],
};

test('identical rows are told apart, the same way every time', () => {
  const keys = () => {
    const identify = createReviewIdentity();
    return [identify(review), identify(review), identify({ ...review, body: 'Cold' })];
  };
  expect(new Set(keys()).size).toBe(3);
  expect(keys()).toEqual(keys());
});

test('the id that the source gave decides alone', () => {
  const identify = createReviewIdentity();
  const known = identify({ ...review, sourceId: '7' });
  expect(identify({ ...review, sourceId: '7', body: 'Changed since' })).toBe(known);
  expect(identify({ ...review, sourceId: '8' })).not.toBe(known);
});

test('votes and answers that come later make no other review of it', () => {
  const later = { ...review, helpfulUp: 9, reply: { body: 'Thanks' } };
  expect(createReviewIdentity()(later)).toBe(createReviewIdentity()(review));
});
