import { contact } from './contact.ts';

/**
 * The English texts of `<plaudit-questions>`, which its chunk carries.
 * Keys are stable: shops override them in their settings. `KEY.one` is the singular of `KEY`.
 */
export const questions = {
  decimalMark: '.',
  groupMark: ',',
  ...contact,
  'questions.heading': 'Questions and answers',
  'questions.ask': 'Ask a question',
  'questions.empty': 'No questions yet. Ask the first one.',
  'questions.more': 'Show more questions',
  'questions.body': 'Your question',
  'questions.authorHint': 'Shown with your question.',
  'questions.send': 'Send question',
  'questions.failed': 'Your question was not sent. Your text is still here: please try again.',
  'questions.published': 'Thank you! Your question is published.',
  'questions.pending': 'Thank you! Your question will appear once the shop has approved it.',
  'questions.unanswered': 'Not answered yet.',
  'review.anonymous': 'Anonymous',
  'review.reply': 'Reply from the shop',
  'reviews.partFailed': 'This could not be loaded. Please try again.',
};
