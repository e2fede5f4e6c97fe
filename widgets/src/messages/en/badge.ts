/**
 * The English texts of `<plaudit-badge>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const badge = {
  decimalMark: '.',
  groupMark: ',',
  'rating.label': '{average} out of 5 stars, {count} reviews',
  'rating.label.one': '{average} out of 5 stars, {count} review',
  'reviews.stars': '{stars} out of 5 stars',
  'reviews.basedOn': 'Based on {count} reviews',
  'reviews.basedOn.one': 'Based on {count} review',
};
