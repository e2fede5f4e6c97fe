import type { Answer, Question } from '@plaudit/sdk';
import { element } from '../element.ts';
import type { questions as messages } from '../messages/en/questions.ts';
import type { Text } from '../text.ts';

/** The texts of this widget. */
export type Words = Text<Extract<keyof typeof messages, string>>;

type FormatDate = (instant: string) => string;

/** A question and its answers. Strangers wrote everything in it: shown as text, isolated from its surroundings. */
export function toItem(question: Question, text: Words, formatDate: FormatDate): Element {
  const answers = question.answers.map((answer) => toAnswer(answer, text, formatDate));
  return element(
    'li',
    {},
    element(
      'article',
      { part: 'question', tabindex: '-1' },
      element('p', { part: 'body', dir: 'auto' }, question.body),
      toByline(question, text, formatDate),
      answers.length > 0
        ? element('ul', { part: 'answers', role: 'list' }, ...answers)
        : element('p', { class: 'quiet' }, text('questions.unanswered')),
    ),
  );
}

const toAnswer = (answer: Answer, text: Words, formatDate: FormatDate): Element =>
  element(
    'li',
    { part: answer.byShop ? 'answer shop-answer' : 'answer' },
    element('p', { dir: 'auto' }, answer.body),
    toByline(answer, text, formatDate),
  );

function toByline(
  { author, createdAt, ...rest }: Question | Answer,
  text: Words,
  formatDate: FormatDate,
): Element {
  const isByShop = 'byShop' in rest && rest.byShop;
  const names: Element[] = [];
  if (isByShop) names.push(element('b', { part: 'shop' }, text('review.reply')));
  if (author !== undefined || !isByShop) {
    names.push(element('bdi', { part: 'author' }, author ?? text('review.anonymous')));
  }
  const time = element('time', { datetime: createdAt }, formatDate(createdAt));
  return element('p', { class: 'quiet by' }, ...names, time);
}
