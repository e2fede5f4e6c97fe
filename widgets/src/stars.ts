import { element } from './element.ts';
import { filledWidth, STAR_PATH } from './star-path.ts';

/** Five stars, filled from the start of the line; says nothing, the text beside it does. */
export const stars = (average: number): Element =>
  element(
    'svg',
    { class: 'stars', part: 'stars', viewBox: '0 0 120 24', 'aria-hidden': 'true' },
    element('path', { d: STAR_PATH }),
    // An inner svg clips what it holds: the filled stars end where the average does.
    element('svg', { width: filledWidth(average) }, element('path', { d: STAR_PATH })),
  );
