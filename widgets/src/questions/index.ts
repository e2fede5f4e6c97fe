/** The chunk behind `<plaudit-questions>`: what visitors ask about a product, and what they were answered. */

import { readQuestions, type Question, type QuestionPage } from '@plaudit/sdk';
import { loadDateFormat } from '../date-format.ts';
import { element } from '../element.ts';
import { emit } from '../emit.ts';
import { isoDate } from '../iso-date.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { questions as messages } from '../messages/en/questions.ts';
import { createMoreButton } from '../more-button.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import { openPatientShop } from '../open-patient-shop.ts';
import { createAskButton } from './ask-button.ts';
import { toItem, type ItemContext } from './item.ts';
import css from './questions.css';
import type { VotePlace } from './votes/index.ts';

/** Shows the newest questions, a form to ask another, and a button for more. */
export async function mount(place: ChunkPlace<QuestionPage>): Promise<void> {
  const { root, product, settings, signal, firstPage } = place;
  if (product === null) throw new Error('<plaudit-questions> needs a product.');
  const shop = openPatientShop(place);
  // The loader asks once; a network that failed it may have come back.
  const page = await firstPage.catch(() => readQuestions(shop, product, {}, { signal }));
  if (signal.aborted) return;

  const text = createText(messages, settings);
  const list = element('ul', { part: 'list', role: 'list' });
  const waiting: VotePlace[] = [];
  const context: ItemContext = {
    text,
    formatDate: isoDate,
    onVotes: (votes) => waiting.push(votes),
  };
  const toItems = (questions: Question[]): Element[] =>
    questions.map((question) => toItem(question, context));
  list.append(...toItems(page.questions));

  const [button, placeOfForm] = createAskButton({
    root,
    shop,
    product,
    settings,
    text,
    onAsked: (question, status) => {
      const isPublished = status === 'published';
      if (isPublished) list.prepend(...toItems([question]));
      emit(root.host, 'ask', { product, id: question.id, isPublished });
    },
  });
  const section = element(
    'section',
    { part: 'questions', lang: settings.locale, 'aria-labelledby': 'heading' },
    element(
      'div',
      { class: 'head' },
      element('h2', { part: 'heading', id: 'heading' }, text('questions.heading')),
      button,
    ),
    placeOfForm,
    list,
    element('p', { part: 'empty' }, text('questions.empty')),
  );
  if (page.next !== undefined) {
    const words = { label: text('questions.more'), failed: text('reviews.partFailed') };
    const load = async (cursor: string): Promise<string | undefined> => {
      const { questions, next } = await readQuestions(shop, product, { cursor }, { signal });
      list.append(...toItems(questions));
      return next;
    };
    section.append(...createMoreButton({ list, next: page.next, ...words, load }));
  }
  const showVotes = async (): Promise<void> => {
    const { createShowVotes } = await import('./votes/index.ts');
    context.onVotes = createShowVotes(place);
    waiting.forEach(context.onVotes);
  };
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren(section);
  emit(root.host, 'ready', { product });
  loadDateFormat(settings, (format) => {
    context.formatDate = format;
    for (const time of list.querySelectorAll('time')) time.textContent = format(time.dateTime);
    // Without it, all is there but the votes.
    showVotes().catch(() => {});
  });
}
