import { contact } from './contact.ts';

/**
 * The English texts of the form, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const form = {
  decimalMark: '.',
  groupMark: ',',
  ...contact,
  'form.heading': 'Write a review',
  'form.rating': 'Your rating',
  'form.star': '{count} stars',
  'form.star.one': '{count} star',
  'form.title': 'Title (optional)',
  'form.body': 'Your review (optional)',
  'form.video': 'Link to a video (optional)',
  'form.authorHint': 'Shown with your review.',
  'form.send': 'Send review',
  'form.close': 'Close',
  'form.ratingMissing': 'Choose from one to five stars.',
  'form.videoWrong': 'Enter an address that begins with https://.',
  'form.failed': 'Your review was not sent. Your text is still here: please try again.',
  'form.published': 'Thank you! Your review is published.',
  'form.pending': 'Thank you! Your review will appear once the shop has approved it.',
  'form.withdraw': 'Withdraw review',
  'form.withdrawAsk': 'Withdraw your review? It is removed for good.',
  'form.withdrawn': 'Your review is withdrawn.',
  'form.notWithdrawn': 'Your review could not be withdrawn. Please try again.',
};
