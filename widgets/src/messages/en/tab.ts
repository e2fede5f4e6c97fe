/**
 * The English texts of `<plaudit-tab>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const tab = {
  decimalMark: '.',
  groupMark: ',',
  'rating.label': '{average} out of 5 stars, {count} reviews',
  'rating.label.one': '{average} out of 5 stars, {count} review',
  'tab.label': 'Reviews',
  'tab.close': 'Close',
};
