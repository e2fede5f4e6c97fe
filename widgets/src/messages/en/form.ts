/**
 * The English texts of the form, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const form = {
  decimalMark: '.',
  groupMark: ',',
  'form.heading': 'Write a review',
  'form.rating': 'Your rating',
  'form.star': '{count} stars',
  'form.star.one': '{count} star',
  'form.title': 'Title (optional)',
  'form.body': 'Your review (optional)',
  'form.author': 'Name',
  'form.authorHint': 'Shown with your review.',
  'form.email': 'E-mail',
  'form.emailHint': 'Not shown, and not used for advertising.',
  'form.send': 'Send review',
  'form.sending': 'Sending…',
  'form.cancel': 'Cancel',
  'form.close': 'Close',
  'form.ratingMissing': 'Choose from one to five stars.',
  'form.missing': 'Please fill this in.',
  'form.emailWrong': 'Please enter an e-mail address, like name@example.com.',
  'form.failed': 'Your review was not sent. Your text is still here: please try again.',
  'form.refused': 'Please check the marked fields.',
  'form.published': 'Thank you! Your review is published.',
  'form.pending': 'Thank you! Your review will appear once the shop has approved it.',
};
