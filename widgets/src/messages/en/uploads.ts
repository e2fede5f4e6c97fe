/**
 * The English texts of photos in the form, which their chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const uploads = {
  decimalMark: '.',
  groupMark: ',',
  'uploads.add': 'Add photos',
  'uploads.hint': 'Up to {number} photos of {size} MB at most. You can drop or paste them, too.',
  'uploads.sending': 'Uploading {name}',
  'uploads.status': 'Photos uploaded: {number} of {total}',
  'uploads.failed': '{name} was not uploaded.',
  'uploads.remove': 'Remove {name}',
  'uploads.wrongType': '{name} is not a photo that can be used (JPEG, PNG, WebP).',
  'uploads.tooLarge': '{name} is larger than {size} MB.',
  'uploads.tooMany': 'A review has at most {number} photos.',
  'reviews.retry': 'Try again',
};
