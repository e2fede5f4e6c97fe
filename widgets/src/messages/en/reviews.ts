import { media } from './media.ts';
import { review } from './review.ts';
import { summary } from './summary.ts';

/**
 * The English texts of `<plaudit-reviews>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const reviews = {
  ...summary,
  ...review,
  ...media,
  'reviews.heading': 'Customer reviews',
  'reviews.filter': 'Filter by stars',
  'reviews.filters': 'Filter',
  'reviews.sort': 'Sort by',
  'reviews.sort.relevant': 'Most relevant',
  'reviews.sort.newest': 'Newest',
  'reviews.sort.oldest': 'Oldest',
  'reviews.sort.highest': 'Highest rated',
  'reviews.sort.lowest': 'Lowest rated',
  'reviews.sort.helpful': 'Most helpful',
  'reviews.sort.media': 'With photos first',
  'reviews.write': 'Write a review',
  'reviews.empty': 'No reviews yet. Write the first one.',
  'reviews.noMatch': 'No reviews match this filter.',
  'reviews.more': 'Show more reviews',
  'reviews.loading': 'Loading reviews…',
  'reviews.updated': 'List updated. Reviews shown: {count}',
  'reviews.failed': 'The reviews could not be loaded.',
  'reviews.partFailed': 'This could not be loaded. Please try again.',
  'reviews.retry': 'Try again',
  'review.yours': 'Your review',
  'review.reply': 'Reply from the shop',
};
