/** More ways to narrow the list than the bars: words, photos, verified buyers. */

import type { ReviewQuery, Settings } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { filters as messages } from '../../messages/en/filters.ts';
import { createText } from '../../text.ts';
import type { PanelProps } from '../lazy-panel.tsx';
import type { Change } from '../list.ts';
import type { Words } from '../words.ts';

export { default as css } from './filters.css';

interface Props extends PanelProps {
  query: ReviewQuery;
  text: Words;
  settings: Settings;
  onChange: (change: Change) => void;
}

/** The longest search that the server takes. */
const SEARCH_MAX_LENGTH = 100;

export function Panel({ query, text, settings, isOpen, onChange }: Props): ComponentChild {
  const own = createText(messages, settings);
  const search = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = new FormData(event.currentTarget as HTMLFormElement).get('q');
    onChange({ q: typeof words === 'string' && words.trim() ? words.trim() : undefined });
  };
  return (
    <div part="filters" hidden={!isOpen}>
      <form role="search" onSubmit={search}>
        <input
          type="search"
          name="q"
          aria-label={own('filters.search')}
          placeholder={own('filters.search')}
          maxLength={SEARCH_MAX_LENGTH}
          value={query.q ?? ''}
        />
        <button class="small">{own('filters.find')}</button>
      </form>
      {(['media', 'verified'] as const).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={query[name] ?? false}
            onChange={({ currentTarget }) =>
              onChange({ [name]: currentTarget.checked || undefined })
            }
          />
          {text(`reviews.${name}`)}
        </label>
      ))}
    </div>
  );
}
