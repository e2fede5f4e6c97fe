/**
 * How English writes dates, which every chunk that shows some carries; `date-format.ts` fills it in.
 * Keys are stable: shops override them in their settings.
 */
export const dates = {
  decimalMark: '.',
  groupMark: ',',
  date: '{month} {d}, {y}',
  'date.months': 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec',
  'date.locales': 'en en-US',
};
