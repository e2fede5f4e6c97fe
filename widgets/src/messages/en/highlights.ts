/**
 * The English texts of `<plaudit-highlights>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const highlights = {
  decimalMark: '.',
  groupMark: ',',
  'highlights.heading': 'Often mentioned',
  'highlights.hint': 'Shows the reviews that mention it.',
  'filters.counted': '{name} ({count})',
  'reviews.words': '“{words}”',
};
