/**
 * The English names of what reviewers attached, which every chunk that shows it carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const media = {
  'review.anonymous': 'Anonymous',
  'review.photo': 'Photo {number} by {author}',
  'gallery.label': 'Photos and videos by customers',
  'review.video': 'Video {number} by {author}',
};
