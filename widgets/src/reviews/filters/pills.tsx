/** The filters that are on, each a button that takes it off again. */

import type { ReviewQuery, Settings } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { filters as messages } from '../../messages/en/filters.ts';
import { createText } from '../../text.ts';
import type { Change } from '../list.ts';
import { createNames } from './names.ts';
import type { Words } from './words.ts';

interface Props {
  query: ReviewQuery;
  settings: Settings;
  onChange: (change: Change) => void;
}

export function Pills({ query, settings, onChange }: Props): ComponentChild {
  const text = createText(messages, settings);
  const pills = toPills(query, settings, text);
  const changeTo =
    (change: Change) =>
    ({ currentTarget }: { currentTarget: HTMLElement }): void => {
      // A button that removes itself hands its focus to the first of the toolbar.
      currentTarget.parentElement?.querySelector('button')?.focus();
      onChange(change);
    };
  return (
    <>
      {pills.map(({ label, removal }) => (
        <button
          key={label}
          class="small pill"
          part="pill"
          aria-label={text('reviews.removeFilter', { filter: label })}
          onClick={changeTo(removal)}
        >
          <bdi>{label}</bdi> <span aria-hidden="true">✕</span>
        </button>
      ))}
      {pills.length > 1 && (
        <button class="link" onClick={changeTo(NO_FILTERS)}>
          {text('reviews.clear')}
        </button>
      )}
    </>
  );
}

/** One active filter, and the change that takes it back. */
interface Pill {
  label: string;
  removal: Change;
}

/** The active filters, in the order in which they can be set. */
function toPills(query: ReviewQuery, settings: Settings, text: Words): Pill[] {
  const { rating = [], media, verified, q, locale, country, topic, answer } = query;
  const pills: Pill[] = rating.map((stars) => ({
    label: text('reviews.stars.filter', { stars }),
    removal: { rating: rating.filter((other) => other !== stars) },
  }));
  const add = (part: keyof ReviewQuery, label: string): void => {
    pills.push({ label, removal: { [part]: undefined } });
  };
  const names = createNames(settings, text);
  if (media) add('media', text('reviews.media'));
  if (verified) add('verified', text('reviews.verified'));
  if (q) add('q', text('reviews.words', { words: q }));
  if (locale) add('locale', names.language(locale));
  if (country) add('country', names.country(country));
  if (topic) add('topic', text('reviews.words', { words: topic }));
  if (answer) add('answer', names.answer(answer));
  return pills;
}

/** The change that takes all of them back. */
const NO_FILTERS: Change = {
  rating: [],
  media: undefined,
  verified: undefined,
  q: undefined,
  locale: undefined,
  country: undefined,
  topic: undefined,
  answer: undefined,
};
