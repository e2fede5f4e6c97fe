/**
 * The English texts of the votes on a review, which their chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const votes = {
  decimalMark: '.',
  groupMark: ',',
  'reviews.number': '{count}',
  'votes.label': 'Was this helpful?',
  'votes.up': 'Helpful: {count}',
  'votes.down': 'Not helpful: {count}',
  'translation.show': 'Show translation',
  'translation.hide': 'Show original only',
  'translation.label': 'Translated',
  'votes.failed': 'Your vote was not counted. Please try again.',
};
