import { media } from './media.ts';

/**
 * The English texts of the large view of photos, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const photos = {
  decimalMark: '.',
  groupMark: ',',
  ...media,
  'reviews.stars': '{stars} out of 5 stars',
  'photos.previous': 'Previous photo',
  'photos.next': 'Next photo',
  'photos.position': '{number} of {total}',
  'photos.close': 'Close',
};
