/** What comes after the first view: dates as the language writes them, votes, and a topic from outside. */

import type { Settings } from '@plaudit/sdk';
import { loadDateFormat } from '../../date-format.ts';
import type { Address } from '../../open-patient-shop.ts';
import type { CardExtras } from '../review-card.tsx';
import type { ReviewList } from '../list.ts';
import { followTopic } from './follow-topic.ts';
import { createShowVotes } from './votes.tsx';

/** What it needs of the widget. */
interface Place extends Address {
  root: ShadowRoot;
  settings: Settings;
  signal: AbortSignal;
}

/** Calls back once the page is idle. */
export function prepare(
  place: Place,
  ask: ReviewList['ask'],
  onReady: (extras: CardExtras) => void,
): void {
  followTopic(place, ask);
  const showVotes = createShowVotes(place);
  loadDateFormat(place.settings, (formatDate) => onReady({ formatDate, showVotes }));
}
