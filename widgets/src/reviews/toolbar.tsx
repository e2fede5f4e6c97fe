/** How the list is narrowed and ordered, and how to undo it. */

import type { ReviewQuery, ReviewSort, Settings } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { LazyPanel } from './lazy-panel.tsx';
import type { Change } from './list.ts';
import { NO_FILTERS, toPills } from './pills.ts';
import type { Words } from './words.ts';

interface Props {
  query: ReviewQuery;
  text: Words;
  settings: Settings;
  adoptCss: (css: string) => void;
  onChange: (change: Change) => void;
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

export function Toolbar({ query, text, settings, adoptCss, onChange }: Props): ComponentChild {
  const pills = toPills(query, text);
  return (
    <div part="toolbar">
      <LazyPanel
        class="small"
        part="filter"
        label={text('reviews.filters')}
        text={text}
        load={() => import('./filters/index.tsx')}
        adoptCss={adoptCss}
        own={{ query, text, settings, onChange }}
      />
      {pills.map(({ label, removal }) => (
        <button
          key={label}
          class="small pill"
          part="pill"
          aria-label={text('reviews.removeFilter', { filter: label })}
          onClick={(event) => {
            focusFirst(event);
            onChange(removal);
          }}
        >
          {label} <span aria-hidden="true">✕</span>
        </button>
      ))}
      {pills.length > 1 && (
        <button
          class="link"
          onClick={(event) => {
            focusFirst(event);
            onChange(NO_FILTERS);
          }}
        >
          {text('reviews.clear')}
        </button>
      )}
      <label class="sort">
        <span class="quiet">{text('reviews.sort')}</span>
        <select
          part="sort"
          value={query.sort ?? 'relevant'}
          onChange={({ currentTarget }) => onChange({ sort: currentTarget.value as ReviewSort })}
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

/** A button that removes itself hands its focus to the first of the toolbar. */
function focusFirst({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.parentElement?.querySelector('button')?.focus();
}
