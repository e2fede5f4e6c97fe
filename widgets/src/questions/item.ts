import type { Answer, Question, VoteSubject } from '@plaudit/sdk';
import { element } from '../element.ts';
import type { questions as messages } from '../messages/en/questions.ts';
import type { Text } from '../text.ts';
import type { VotePlace } from './votes/index.ts';

/** The texts of this widget. */
export type Words = Text<Extract<keyof typeof messages, string>>;

/** What an item needs to be shown. */
export interface ItemContext {
  text: Words;
  formatDate: (instant: string) => string;
  /** Called with the space that is kept for votes. */
  onVotes: (place: VotePlace) => void;
}

/** A question and its answers. Strangers wrote everything in it: shown as text, isolated from its surroundings. */
export function toItem(question: Question, context: ItemContext): Element {
  const { text } = context;
  const answers = question.answers.map((answer) => toAnswer(answer, context));
  return element(
    'li',
    {},
    element(
      'article',
      { part: 'question', tabindex: '-1' },
      element('p', { part: 'body', dir: 'auto' }, question.body),
      toByline(question, context),
      toVotes('question', question, context),
      answers.length > 0
        ? element('ul', { part: 'answers', role: 'list' }, ...answers)
        : element('p', { class: 'quiet' }, text('questions.unanswered')),
    ),
  );
}

const toAnswer = (answer: Answer, context: ItemContext): Element =>
  element(
    'li',
    { part: answer.byShop ? 'answer shop-answer' : 'answer' },
    element('p', { dir: 'auto' }, answer.body),
    toByline(answer, context),
    toVotes('answer', answer, context),
  );

function toByline(
  { author, createdAt, ...rest }: Question | Answer,
  { text, formatDate }: ItemContext,
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

function toVotes(
  kind: VoteSubject['kind'],
  { id, helpful }: Question | Answer,
  { onVotes }: ItemContext,
): Element {
  const box = element('div', { class: 'votes' });
  onVotes({ box, subject: { kind, id }, helpful });
  return box;
}
