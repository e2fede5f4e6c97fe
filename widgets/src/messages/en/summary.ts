/**
 * The English texts of a rating at a glance, which every chunk that shows one carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const summary = {
  decimalMark: '.',
  groupMark: ',',
  'reviews.stars': '{stars} out of 5 stars',
  'reviews.basedOn': 'Based on {count} reviews',
  'reviews.basedOn.one': 'Based on {count} review',
  'reviews.number': '{count}',
  'reviews.bar': '{stars}-star reviews: {count}',
};
