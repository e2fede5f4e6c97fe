import type { ComponentChild } from 'preact';
import { filledWidth, STAR_PATH } from '../star-path.ts';

/** Five stars, filled from the start of the line; says nothing, the text beside it does. */
export const Stars = ({ average }: { average: number }): ComponentChild => (
  <svg class="stars" part="stars" viewBox="0 0 120 24" aria-hidden="true">
    <path d={STAR_PATH} />
    <svg width={filledWidth(average)}>
      <path d={STAR_PATH} />
    </svg>
  </svg>
);
