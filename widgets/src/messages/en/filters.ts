/**
 * The English texts of the filters, which their chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const filters = {
  decimalMark: '.',
  groupMark: ',',
  'filters.search': 'Search reviews',
  'filters.find': 'Search',
  'filters.language': 'Language',
  'filters.country': 'Country',
  'filters.variant': 'Variant',
  'filters.topic': 'Topic',
  'filters.answer': 'Answers',
  'filters.all': 'All',
  'filters.counted': '{name} ({count})',
  'filters.answered': '{question}: {answer}',
  'reviews.stars.filter': '{stars}-star reviews',
  'reviews.removeFilter': 'Remove filter: {filter}',
  'reviews.words': '“{words}”',
  'reviews.media': 'With photos or videos',
  'reviews.verified': 'Verified buyers',
  'reviews.clear': 'Clear all',
};
