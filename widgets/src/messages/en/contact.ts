/**
 * The English texts of who sends something, which every chunk with a form carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const contact = {
  'form.author': 'Name',
  'form.email': 'E-mail',
  'form.emailHint': 'Not shown, and not used for advertising.',
  'form.sending': 'Sending…',
  'form.cancel': 'Cancel',
  'form.missing': 'Please fill this in.',
  'form.emailWrong': 'Please enter an e-mail address, like name@example.com.',
  'form.refused': 'Please check the marked fields.',
};
