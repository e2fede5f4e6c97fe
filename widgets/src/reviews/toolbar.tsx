/** How the list is narrowed and ordered, and how to undo it. */

import type { Rating, ReviewSort } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import type { Words } from './words.ts';

interface Props {
  sort: ReviewSort;
  chosen: readonly Rating[];
  text: Words;
  onSort: (sort: ReviewSort) => void;
  onToggle: (stars: Rating) => void;
  onClear: () => void;
}

const SORTS: readonly ReviewSort[] = [
  'relevant',
  'newest',
  'oldest',
  'highest',
  'lowest',
  'helpful',
  'media',
];

export function Toolbar({ sort, chosen, text, onSort, onToggle, onClear }: Props): ComponentChild {
  return (
    <div class="toolbar" part="toolbar">
      {chosen.map((stars) => (
        <button
          key={stars}
          class="pill"
          part="pill"
          aria-label={text('reviews.removeFilter', { stars })}
          onClick={() => onToggle(stars)}
        >
          {text('reviews.pill', { stars })} <span aria-hidden="true">✕</span>
        </button>
      ))}
      {chosen.length > 1 && (
        <button class="link" onClick={onClear}>
          {text('reviews.clear')}
        </button>
      )}
      <label class="sort">
        <span class="quiet">{text('reviews.sort')}</span>
        <select
          part="sort"
          value={sort}
          onChange={({ currentTarget }) => onSort(currentTarget.value as ReviewSort)}
        >
          {SORTS.map((name) => (
            <option key={name} value={name}>
              {text(`reviews.sort.${name}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
