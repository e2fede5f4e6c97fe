import { media } from './media.ts';

/**
 * The English texts of `<plaudit-gallery>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const gallery = {
  decimalMark: '.',
  groupMark: ',',
  ...media,
  'gallery.more': 'Show more photos',
  'gallery.failed': 'This could not be loaded. Please try again.',
};
