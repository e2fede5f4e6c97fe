/**
 * The English texts of the filter panel, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const filters = {
  decimalMark: '.',
  groupMark: ',',
  'filters.search': 'Search reviews',
  'filters.find': 'Search',
};
