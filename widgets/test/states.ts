/** The states that widgets are looked at in: what the shop has, what stands on the page, what a visitor did. */

import type { CustomQuestion, Review } from '@plaudit/sdk';
import type { Page } from 'playwright';
import type { Edge } from './edge.ts';
import { questionAt } from './questions.ts';
import { answeredReviewAt, reviewAt } from './reviews.ts';

export interface State {
  name: string;
  body: string;
  /** Gives the shop what it has, or takes it away. */
  prepare: (edge: Edge) => void;
  /** Brings the page there; language-free, as every language is looked at. */
  reach: (page: Page) => Promise<void>;
  /** What has to be done again once the look has changed. */
  repeat?: (page: Page) => Promise<void>;
}

const TITLE = '<h1>Jumper</h1>';
const REVIEWS = `${TITLE}<plaudit-reviews product="42"></plaudit-reviews>`;
const QUESTIONS = `${TITLE}<plaudit-questions product="42"></plaudit-questions>`;

/** Every widget, as a page has it without further wishes. */
const ALL = `${TITLE}<p><plaudit-rating product="42"></plaudit-rating></p>
  <p><a href="#reviews">All <plaudit-rating product="42"></plaudit-rating></a></p>
  <p><plaudit-badge></plaudit-badge> <plaudit-badge href="#reviews"></plaudit-badge></p>
  <plaudit-summary href="#reviews"></plaudit-summary>
  <plaudit-highlights product="42"></plaudit-highlights>
  <plaudit-reviews product="42" id="reviews"></plaudit-reviews>
  <plaudit-carousel></plaudit-carousel>
  <plaudit-gallery></plaudit-gallery>
  <plaudit-questions product="42"></plaudit-questions>
  <plaudit-review-form product="42"></plaudit-review-form>
  <plaudit-tab></plaudit-tab>`;

const FORM: CustomQuestion[] = [
  { id: 'fit', kind: 'scale', label: 'Fit' },
  { id: 'size', kind: 'single', label: 'Size bought', options: ['M', 'XL'], required: true },
  { id: 'use', kind: 'multiple', label: 'Worn for', options: ['Work', 'Travel', 'Sleep'] },
  { id: 'why', kind: 'text', label: 'Why?' },
];

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="#476"/><circle cx="300" cy="200" r="120" fill="#cb8"/></svg>';

/** A shop that has these reviews and so many questions; its photos come from the edge. */
function fill(edge: Edge, reviews: readonly Review[], questions: number): void {
  edge.products.set('42', [...reviews]);
  edge.questions.set(
    '42',
    Array.from({ length: questions }, (_, index) => questionAt('42', index)),
  );
  edge.settings = {
    ...edge.settings,
    form: { questions: FORM, consentText: 'We keep what you write.' },
  };
  edge.intercept = (request, response) => {
    if (!request.url?.endsWith('.svg')) return false;
    response.setHeader('content-type', 'image/svg+xml');
    response.end(PICTURE);
    return true;
  };
}

const photosOf = (edge: Edge, ...names: string[]): Pick<Review, 'media'> => ({
  media: names.map((name) => ({ kind: 'photo', url: `${edge.url}/${name}.svg` })),
});

function fillMany(edge: Edge): void {
  const reviews = Array.from({ length: 25 }, (_, index) => ({
    ...answeredReviewAt('42', index),
    ...(index % 3 === 0 && photosOf(edge, `${index}a`, `${index}b`)),
  }));
  fill(edge, reviews, 12);
}

const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten';

function fillLong(edge: Edge): void {
  const reviews: Review[] = [
    {
      ...answeredReviewAt('42', 0),
      title: 'A title that goes on and on, as if no body were to follow it. '.repeat(3),
      body: 'There is much to be said about the colour of jumpers. '.repeat(60),
      author: 'Maximiliane-Charlotte von und zu Hohenstein-Wolkersdorf und Untergrafenwiesen',
      reply: { body: 'And we have much to say in return. '.repeat(30) },
      ...photosOf(edge, 'a', 'b', 'c', 'd', 'e', 'f'),
    },
    { ...reviewAt('42', 1), title: 'W'.repeat(200), body: LONG_WORD.repeat(8), author: LONG_WORD },
    { ...reviewAt('42', 2), body: Array.from({ length: 20 }, (_, n) => `Line ${n}`).join('\n') },
    { ...reviewAt('42', 3), title: '👩‍👩‍👧‍👦'.repeat(40), body: 'Z͎͑a̩͈l̲g̳̉o '.repeat(30), author: '🧶' },
  ];
  fill(edge, reviews, 2);
  for (const question of edge.questions.get('42') ?? []) {
    question.body = `${question.body} ${LONG_WORD.repeat(5)}`;
    question.author = LONG_WORD;
  }
}

/** Whether data is asked for; scripts and photos are not held up. */
const isData = (path = ''): boolean => path.startsWith('/v1/');

/** A list that is read anew is pale until it is there. */
const untilListRests = (page: Page): Promise<void> =>
  page.locator('[part=list][aria-busy=false]').waitFor();

/** The last that comes to reviews and to questions. */
async function untilVotes(page: Page): Promise<void> {
  await page.locator('plaudit-reviews .votes button').first().waitFor();
}
async function untilAllIsThere(page: Page): Promise<void> {
  await untilVotes(page);
  await page.locator('plaudit-questions .votes button').first().waitFor();
  await page
    .locator('plaudit-highlights [part=topic], plaudit-carousel [part=track]')
    .first()
    .waitFor();
  await page.locator('plaudit-review-form [part=form] button').first().waitFor();
  await page.locator('plaudit-tab [part=tab]').waitFor();
  await page.locator('plaudit-summary [part=count]').waitFor();
  await page.locator('plaudit-badge [part=count]').nth(1).waitFor();
}

async function openForm(page: Page): Promise<void> {
  await untilVotes(page);
  await page.locator('[part=write]').click();
  await page.locator('[part=form] #photo-hint').waitFor();
}
const refuse = async (page: Page, form: string): Promise<void> => {
  await page.locator(`${form} .primary`).click();
  await page.locator(`${form} [aria-invalid=true]`).first().waitFor();
};

export const STATES: readonly State[] = [
  { name: 'many', body: ALL, prepare: fillMany, reach: untilAllIsThere },
  {
    name: 'few',
    body: ALL,
    prepare: (edge) => fill(edge, [reviewAt('42', 0)], 1),
    reach: untilAllIsThere,
  },
  { name: 'long texts', body: ALL, prepare: fillLong, reach: untilAllIsThere },
  {
    name: 'empty',
    body: ALL,
    prepare: () => {},
    reach: async (page) => {
      for (const name of ['reviews', 'questions']) {
        await page.locator(`plaudit-${name} [part=empty]`).waitFor();
      }
      await page.locator('plaudit-tab [part=tab]').waitFor();
    },
  },
  {
    name: 'loading',
    // A browser keeps six connections to a server: more reads that wait would keep the code waiting too.
    body: `${TITLE}<plaudit-rating product="42"></plaudit-rating>${REVIEWS.replace(TITLE, '')}
      <plaudit-carousel></plaudit-carousel><plaudit-tab></plaudit-tab>`,
    prepare: (edge) => {
      edge.intercept = (request) => isData(request.url);
    },
    reach: async (page) => {
      await page.locator('plaudit-reviews .skeleton').waitFor();
      await page.locator('plaudit-tab [part=tab]').waitFor();
    },
  },
  {
    name: 'failed',
    body: ALL.replace(
      'id="reviews"></',
      'id="reviews"></plaudit-reviews><plaudit-reviews>Later.</',
    ),
    prepare: (edge) => {
      edge.intercept = (request, response) => {
        if (!isData(request.url)) return false;
        response.writeHead(404).end();
        return true;
      };
    },
    reach: async (page) => {
      await page.locator('plaudit-reviews [part=error]').waitFor();
      await page.locator('plaudit-tab [part=tab]').waitFor();
    },
  },
  {
    name: 'narrowed down',
    body: REVIEWS.replace('product=', 'pages="numbered" product='),
    prepare: fillMany,
    reach: async (page) => {
      await untilVotes(page);
      for (const bar of [0, 1]) await page.locator('button.bar').nth(bar).click();
      await page.locator('[part=filter]').click();
      await page.locator('[part=filters]').waitFor();
      await page.locator('[part=pill]').nth(1).waitFor();
      await untilListRests(page);
    },
  },
  ...(['grid', 'compact'] as const).map((layout) => ({
    name: layout,
    body: REVIEWS.replace('product=', `layout="${layout}" product=`),
    prepare: fillMany,
    reach: untilVotes,
  })),
  { name: 'form', body: REVIEWS, prepare: fillMany, reach: openForm },
  {
    name: 'form refused',
    body: REVIEWS,
    prepare: fillMany,
    reach: async (page) => {
      await openForm(page);
      await refuse(page, '[part=form]');
    },
  },
  {
    name: 'form sent',
    body: REVIEWS,
    prepare: (edge) => {
      fillMany(edge);
      edge.settings = { ...edge.settings, form: {} };
    },
    reach: async (page) => {
      await openForm(page);
      await page.locator('[part=form] input[type=radio]').nth(3).check({ force: true });
      await page.locator('[part=form] input[name=author]').fill('Jo');
      await page.locator('[part=form] input[type=email]').fill('jo@example.com');
      await page.locator('[part=form] .primary').click();
      // One's own is marked as such.
      await page.locator('[part=review] .badge:not([part])').waitFor();
      await page.locator('[part=form] form').waitFor({ state: 'detached' });
      await untilListRests(page);
    },
  },
  {
    name: 'photo large',
    body: REVIEWS,
    prepare: fillMany,
    reach: async (page) => {
      await untilVotes(page);
      await page.locator('[part=media] a').first().click();
      await page.locator('dialog[open] img').first().waitFor();
    },
  },
  {
    name: 'pop-over of a rating',
    body: `${TITLE}<plaudit-rating product="42"></plaudit-rating>${REVIEWS.replace(TITLE, '')}`,
    prepare: fillMany,
    reach: untilVotes,
    repeat: async (page) => {
      const rating = page.locator('plaudit-rating button');
      await rating.blur();
      await rating.focus();
      await page.locator('plaudit-rating [role=tooltip]').waitFor();
    },
  },
  {
    name: 'side panel',
    body: `${TITLE}<plaudit-tab product="42"></plaudit-tab>`,
    prepare: fillMany,
    reach: async (page) => {
      await page.locator('[part=tab]').click();
      await untilVotes(page);
    },
  },
  {
    name: 'question refused',
    body: QUESTIONS,
    prepare: fillMany,
    reach: async (page) => {
      await page.locator('[part=ask]').click();
      await page.locator('[part=form]').waitFor();
      await refuse(page, '[part=form]');
    },
  },
];
