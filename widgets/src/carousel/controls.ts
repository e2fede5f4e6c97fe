/** The carousel's buttons and keys. The browser scrolls and snaps; these only say where to. */

import { element } from '../element.ts';
import type { Words } from './card.ts';

/** How far from an end still counts as there, in CSS pixels: scroll positions may be fractions. */
const END_TOLERANCE = 8;

/** Makes the buttons to the previous and the next cards, and lets arrow keys step one by one. */
export function createControls(track: HTMLElement, text: Words, signal: AbortSignal): Element {
  /** In reading direction: 1 is on, -1 is back. */
  const scroll = (direction: number, distance: number): void => {
    track.scrollBy({ left: direction * sign(track) * distance });
  };
  const toButton = (name: 'previous' | 'next', arrow: string, direction: number): Element => {
    const button = element(
      'button',
      { part: name, 'aria-label': text(`carousel.${name}`) },
      element('span', { 'aria-hidden': 'true' }, arrow),
    );
    button.addEventListener('click', () => scroll(direction, track.clientWidth));
    return button;
  };
  const previous = toButton('previous', '←', -1);
  const next = toButton('next', '→', 1);
  const controls = element('div', { class: 'controls' }, previous, next) as HTMLElement;

  track.addEventListener('keydown', (event) => {
    // Text in a card is selected with the same keys.
    if (event.target !== track || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const step = track.firstElementChild?.clientWidth ?? 0;
    const distances: Record<string, number> = {
      ArrowRight: step * sign(track),
      ArrowLeft: -step * sign(track),
      Home: -track.scrollWidth,
      End: track.scrollWidth,
    };
    const distance = distances[event.key];
    if (distance === undefined) return;
    event.preventDefault();
    scroll(1, distance);
  });

  /** Never `disabled`: that would throw the focus off the button that led to the end. */
  const update = (): void => {
    const position = Math.abs(track.scrollLeft);
    const end = track.scrollWidth - track.clientWidth;
    previous.setAttribute('aria-disabled', String(position < END_TOLERANCE));
    next.setAttribute('aria-disabled', String(position > end - END_TOLERANCE));
    controls.style.visibility = end < END_TOLERANCE ? 'hidden' : '';
  };
  track.addEventListener('scroll', update, { passive: true });
  const observer = new ResizeObserver(update);
  observer.observe(track);
  signal.addEventListener('abort', () => observer.disconnect());
  return controls;
}

const sign = (track: Element): number => (track.matches(':dir(rtl)') ? -1 : 1);
