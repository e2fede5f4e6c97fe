/** The product's rating at a glance; its bars filter the list. */

import type { Rating, RatingSummary } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { formatAverage } from '../format-average.ts';
import { Stars } from './stars.tsx';
import type { Words } from './words.ts';

interface Props {
  summary: RatingSummary;
  /** The star counts that are shown; none means all. */
  chosen: readonly Rating[];
  text: Words;
  onToggle: (stars: Rating) => void;
}

const FROM_FIVE: readonly Rating[] = [5, 4, 3, 2, 1];

export function Summary({ summary, chosen, text, onToggle }: Props): ComponentChild {
  const { count, average, histogram } = summary;
  const shown = formatAverage(average, text);
  return (
    <>
      <div part="score">
        <span class="average" aria-hidden="true">
          {shown}
        </span>
        <div>
          <Stars average={average} />
          <p class="quiet">
            <span class="unseen">{text('reviews.stars', { stars: shown })}. </span>
            {text('reviews.basedOn', { count })}
          </p>
        </div>
      </div>
      <div part="histogram" role="group" aria-label={text('reviews.filter')}>
        {FROM_FIVE.map((stars) => {
          const given = histogram[stars - 1] ?? 0;
          return (
            <button
              key={stars}
              class="bar"
              aria-pressed={chosen.includes(stars)}
              disabled={given === 0}
              onClick={() => onToggle(stars)}
            >
              <span class="unseen">{text('reviews.bar', { stars, count: given })}</span>
              <span class="digits" aria-hidden="true">
                {stars}
              </span>
              <svg class="track">
                <rect width={`${(given / count) * 100}%`} height="100%" />
              </svg>
              <span class="digits end" aria-hidden="true">
                {text('reviews.number', { count: given })}
              </span>
            </button>
          );
        })}
      </div>
    </>
  );
}
