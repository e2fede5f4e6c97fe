/** More ways to narrow the list than the bars: words, photos, verified buyers, and what the reviews have in common. */

import type { ReviewFacets, ReviewQuery, Settings } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { filters as messages } from '../../messages/en/filters.ts';
import { createText } from '../../text.ts';
import type { PanelProps } from '../lazy-panel.tsx';
import type { Change } from '../list.ts';
import { toChoices, type Choice } from './choices.ts';
import { createNames } from './names.ts';

interface Props extends PanelProps {
  query: ReviewQuery;
  facets: ReviewFacets | undefined;
  settings: Settings;
  onChange: (change: Change) => void;
}

/** The longest search that the server takes. */
const SEARCH_MAX_LENGTH = 100;

export function Panel({ query, facets = {}, settings, isOpen, onChange }: Props): ComponentChild {
  const text = createText(messages, settings);
  const choices = toChoices(facets, settings, query, createNames(settings, text), text);
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
          aria-label={text('filters.search')}
          placeholder={text('filters.search')}
          maxLength={SEARCH_MAX_LENGTH}
          value={query.q ?? ''}
        />
        <button class="small">{text('filters.find')}</button>
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
      {choices.map((choice) => (
        <Select key={choice.label} choice={choice} all={text('filters.all')} onChange={onChange} />
      ))}
    </div>
  );
}

interface SelectProps {
  choice: Choice;
  all: string;
  onChange: (change: Change) => void;
}

const Select = ({ choice, all, onChange }: SelectProps): ComponentChild => (
  <label>
    {choice.label}
    <select
      value={choice.chosen ?? ''}
      onChange={({ currentTarget }) =>
        onChange({ [choice.part]: currentTarget.value || undefined })
      }
    >
      <option value="">{all}</option>
      {choice.groups.map(({ heading, options }) => {
        const shown = options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ));
        return heading === undefined ? (
          shown
        ) : (
          <optgroup key={heading} label={heading}>
            {shown}
          </optgroup>
        );
      })}
    </select>
  </label>
);
