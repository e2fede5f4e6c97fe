/**
 * The English texts of one review, which every chunk that shows reviews carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const review = {
  'review.verified': 'Verified buyer',
  'review.incentivized': 'Rewarded review',
  'review.incentivizedHint': 'The reviewer was given something for writing.',
  'review.readMore': 'Read more',
  'review.readLess': 'Read less',
};
