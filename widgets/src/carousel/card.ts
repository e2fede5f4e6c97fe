import type { Review } from '@plaudit/sdk';
import { element } from '../element.ts';
import type { carousel as messages } from '../messages/en/carousel.ts';
import { stars } from '../stars.ts';
import type { Text } from '../text.ts';

/** The texts of this widget. */
export type Words = Text<Extract<keyof typeof messages, string>>;

/** One review as a card. Strangers wrote everything in it: shown as text, isolated from its surroundings. */
export function toCard(review: Review, text: Words): Element {
  const { rating, title, body, locale } = review;
  const language = { dir: 'auto', ...(locale && { lang: locale }) };
  return element(
    'li',
    { part: 'card' },
    stars(rating),
    element('span', { class: 'unseen' }, text('reviews.stars', { stars: rating })),
    ...(title ? [element('p', { part: 'title', class: 'cut', ...language }, title)] : []),
    ...(body ? toBody(body, language, text) : []),
    toByline(review, text),
  );
}

function toBody(body: string, language: Record<string, string>, text: Words): Element[] {
  const words = element('p', { part: 'body', class: 'cut', ...language }, body);
  const toggle = element('button', { class: 'link', 'aria-expanded': 'false' }) as HTMLElement;
  toggle.textContent = text('review.readMore');
  toggle.addEventListener('click', () => {
    const isCut = words.classList.toggle('cut');
    toggle.setAttribute('aria-expanded', String(!isCut));
    toggle.textContent = text(isCut ? 'review.readMore' : 'review.readLess');
  });
  // Whether a text is cut depends on its letters and the page's font. Told before the first paint.
  new ResizeObserver(() => {
    if (words.matches('.cut')) toggle.hidden = words.scrollHeight <= words.clientHeight;
  }).observe(words);
  return [words, toggle];
}

function toByline({ author, verified, incentivized }: Review, text: Words): Element {
  const hint = text('review.incentivizedHint');
  return element(
    'div',
    { class: 'by' },
    element('bdi', { part: 'author' }, author ?? text('review.anonymous')),
    ...(verified
      ? [element('span', { class: 'label', part: 'verified' }, `✓ ${text('review.verified')}`)]
      : []),
    ...(incentivized
      ? [
          element(
            'span',
            { class: 'label', part: 'incentivized', title: hint },
            text('review.incentivized'),
          ),
        ]
      : []),
  );
}
