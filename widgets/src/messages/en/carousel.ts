import { review } from './review.ts';

/**
 * The English texts of `<plaudit-carousel>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const carousel = {
  decimalMark: '.',
  groupMark: ',',
  'reviews.stars': '{stars} out of 5 stars',
  'review.anonymous': 'Anonymous',
  ...review,
  'carousel.label': 'What customers say',
  'carousel.previous': 'Previous reviews',
  'carousel.next': 'Next reviews',
};
