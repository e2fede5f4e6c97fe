/** How the list is narrowed and ordered, and how to undo it. */

import type { ReviewFacets, ReviewQuery, ReviewSort, Settings } from '@plaudit/sdk';
import { Component, type ComponentChild } from 'preact';
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

interface State {
  /** Absent until the list has been narrowed or ordered. */
  Pills?: typeof import('./filters/index.ts').Pills;
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

export class Toolbar extends Component<Props, State> {
  override componentDidUpdate({ query }: Props): void {
    if (query === this.props.query || this.state.Pills) return;
    loadFilters().then(
      ({ Pills }) => this.setState({ Pills }),
      // What was pressed can be pressed again.
      () => {},
    );
  }

  override render(props: Props, { Pills }: State): ComponentChild {
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
        {Pills && <Pills {...props} />}
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
}
