/** How the list is narrowed and ordered, and how to undo it. */

import type { ReviewFacets, ReviewQuery, ReviewSort, Settings } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { Lazy } from './lazy.tsx';
import { LazyPanel } from './lazy-panel.tsx';
import type { Change } from './list.ts';
import type { Words } from './words.ts';

interface Props {
  query: ReviewQuery;
  facets: ReviewFacets | undefined;
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

const loadFilters = (): Promise<typeof import('./filters/index.ts')> =>
  import('./filters/index.ts');

export const Toolbar = (props: Props): ComponentChild => {
  const { text, query, adoptCss, onChange } = props;
  return (
    <div part="toolbar">
      <LazyPanel
        class="small"
        part="filter"
        label={text('reviews.filters')}
        text={text}
        load={loadFilters}
        adoptCss={adoptCss}
        own={props}
      />
      {/* The first question says how many, and from where. Where pills do not come, bars take filters back. */}
      {Object.keys(query)[2] && <Lazy load={loadFilters} own={props} />}
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
};
