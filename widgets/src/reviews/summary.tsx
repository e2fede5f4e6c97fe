/** The product's rating at a glance; its bars filter the list. */

import type { Rating, RatingSummary, ScaleAverage } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { formatAverage } from '../format-average.ts';
import { Stars } from './stars.tsx';
import type { Words } from './words.ts';

interface Props {
  summary: RatingSummary;
  /** How reviewers answered the shop's own questions of 1 to 5. */
  scales: readonly ScaleAverage[] | undefined;
  /** The star counts that are shown; none means all. */
  chosen: readonly Rating[];
  text: Words;
  onToggle: (stars: Rating) => void;
}

const FROM_FIVE: readonly Rating[] = [5, 4, 3, 2, 1];

/** The highest answer to a question of 1 to 5. */
const SCALE_MAX = 5;

export function Summary({ summary, scales, chosen, text, onToggle }: Props): ComponentChild {
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
              <Track share={given / count} />
              <span class="digits end" aria-hidden="true">
                {text('reviews.number', { count: given })}
              </span>
            </button>
          );
        })}
      </div>
      {scales && (
        <div part="scales">
          {scales.map(({ question, label, average }) => (
            <div key={question} class="scale">
              <bdi>{label}</bdi>
              <Track share={average / SCALE_MAX} />
              <span class="digits">
                {formatAverage(average, text)} / {SCALE_MAX}
              </span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** A line that is filled to a share of it. */
const Track = ({ share }: { share: number }): ComponentChild => (
  <svg class="track">
    <rect width={`${share * 100}%`} height="100%" />
  </svg>
);
