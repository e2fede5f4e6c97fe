/**
 * Reviews as plain HTML, to be put between the tags of `<plaudit-reviews>` by any server. Visitors
 * without scripts and search engines read them there; the widget replaces them once it can.
 */

import type { Review, ReviewPage } from '@plaudit/contract';
import { html, type Html } from './html.ts';

/** The words around the reviews, in the shop's language. */
export interface ServerTexts {
  heading: string;
  /** Takes the place of a missing name. */
  anonymous: string;
  verified: string;
  incentivized: string;
  reply: string;
  empty: string;
  /** The rating of one review. */
  stars: (stars: number) => string;
  /** The rating of the product. */
  summary: (average: string, count: string) => string;
}

/** How the reviews are rendered. */
export interface RenderOptions {
  /** BCP 47, for numbers and dates; `en` unless told. */
  locale?: string;
  texts?: Partial<ServerTexts>;
}

const ENGLISH: ServerTexts = {
  heading: 'Customer reviews',
  anonymous: 'Anonymous',
  verified: 'Verified buyer',
  incentivized: 'Rewarded review',
  reply: 'Reply from the shop',
  empty: 'No reviews yet.',
  stars: (stars) => `${stars} out of 5 stars`,
  summary: (average, count) => `${average} out of 5 stars, based on ${count} reviews`,
};

/** Renders a page of reviews. The answer is markup: put it into the document as it is. */
export function renderReviews(
  page: ReviewPage,
  { locale = 'en', texts = {} }: RenderOptions = {},
): string {
  const words: ServerTexts = { ...ENGLISH, ...texts };
  const { average, count } = page.summary;
  const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const shownAverage = new Intl.NumberFormat(locale, oneDecimal).format(average);
  const shownCount = new Intl.NumberFormat(locale).format(count);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return html`<section>
    <h2>${words.heading}</h2>
    <p>${count === 0 ? words.empty : words.summary(shownAverage, shownCount)}</p>
    ${page.reviews.map((review) => renderReview(review, words, dates))}
  </section>`.markup;
}

function renderReview(review: Review, words: ServerTexts, dates: Intl.DateTimeFormat): Html {
  const { title, body, reply, createdAt, locale = '' } = review;
  return html`<article>
    ${title && html`<h3 dir="auto" lang="${locale}">${title}</h3>`}
    <p>
      ${words.stars(review.rating)} ·
      <bdi>${review.author ?? words.anonymous}</bdi>
      ${review.verified && html` · ${words.verified}`}${review.incentivized && html` · ${words.incentivized}`}
      · <time datetime="${createdAt}">${dates.format(new Date(createdAt))}</time>
    </p>
    ${body && html`<p dir="auto" lang="${locale}">${body}</p>`}
    ${
      reply &&
      html`<blockquote>
        <b>${words.reply}</b>
        <p dir="auto">${reply.body}</p>
      </blockquote>`
    }
  </article> `;
}
