/**
 * The English texts of `<plaudit-rating>`, which the loader carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const rating = {
  decimalMark: '.',
  groupMark: ',',
  'rating.count': '({count})',
  'rating.label': '{average} out of 5 stars, {count} reviews',
  'rating.label.one': '{average} out of 5 stars, {count} review',
};
