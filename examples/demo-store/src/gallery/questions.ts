/** Questions about the gallery's one product, made up for it. */
import type { QuestionPage } from '@plaudit/sdk';

export type Questions = readonly { body: string; author?: string; answers: readonly string[] }[];

export const EVERYDAY_QUESTIONS: Questions = [
  {
    body: 'Can it be washed with the rest?',
    author: 'Ruta K.',
    answers: ['By hand, or on the wool programme, at 30 °C.'],
  },
  { body: 'Is there a child’s size?', answers: [] },
];

export const LONG_QUESTIONS: Questions = [
  {
    body: 'Does it come in a size between medium and large, or large and a little larger? '.repeat(
      8,
    ),
    author: 'Maximiliane-Charlotte von und zu Hohenstein-Wolkersdorf',
    answers: ['It does not, and this is why. '.repeat(30), 'W'.repeat(300)],
  },
  { body: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(6), answers: [] },
];

export const ARABIC_QUESTIONS: Questions = [
  { body: 'هل يغسل في الغسالة؟', author: 'سلمى', answers: ['باليد، بماء بارد.'] },
  { body: 'Is there a child’s size?', author: 'Jo', answers: [] },
];

const createdAt = '2026-01-31T10:00:00.000Z';
const helpful = { up: 0, down: 0 };

/** The answer of the questions call. */
export const toQuestionPage = (questions: Questions, productId: string): QuestionPage => ({
  count: questions.length,
  questions: questions.map(({ answers, ...question }, index) => ({
    ...question,
    id: `q${index}`,
    productId,
    createdAt,
    helpful,
    answers: answers.map((body, number) => ({
      id: `q${index}a${number}`,
      body,
      byShop: number === 0,
      createdAt,
      helpful,
    })),
  })),
});
