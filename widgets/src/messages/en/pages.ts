/**
 * The English texts of page numbers, which their chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const pages = {
  decimalMark: '.',
  groupMark: ',',
  'reviews.number': '{count}',
  'pages.label': 'Pages of reviews',
  'pages.number': 'Page {number}',
  'pages.previous': 'Previous',
  'pages.next': 'Next',
};
