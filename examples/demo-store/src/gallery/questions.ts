/** Questions about the gallery's one product, made up for it. */
import type { TestQuestion } from '@plaudit/sdk/testing';

type Questions = readonly TestQuestion[];

export const EVERYDAY_QUESTIONS: Questions = [
  {
    body: 'Can it be washed with the rest?',
    author: 'Ruta K.',
    answers: [
      { body: 'By hand, or on the wool programme, at 30 °C.' },
      { body: 'I do, and it lives.', byShop: false, author: 'Anselm' },
    ],
  },
  { body: 'Is there a child’s size?' },
];

export const LONG_QUESTIONS: Questions = [
  {
    body: 'Does it come in a size between medium and large, or large and a little larger? '.repeat(
      8,
    ),
    author: 'Maximiliane-Charlotte von und zu Hohenstein-Wolkersdorf',
    answers: [
      { body: 'It does not, and this is why. '.repeat(30) },
      { body: 'W'.repeat(300), byShop: false },
    ],
  },
  { body: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(6) },
];

export const ARABIC_QUESTIONS: Questions = [
  { body: 'هل يغسل في الغسالة؟', author: 'سلمى', answers: [{ body: 'باليد، بماء بارد.' }] },
  { body: 'Is there a child’s size?', author: 'Jo' },
];
