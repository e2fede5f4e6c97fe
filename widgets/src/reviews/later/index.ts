/** What comes after the first view: dates as the language writes them, and votes. */

import type { Settings } from '@plaudit/sdk';
import { loadDateFormat } from '../../date-format.ts';
import type { Address } from '../../open-patient-shop.ts';
import type { CardExtras } from '../review-card.tsx';
import { createShowVotes } from './votes.tsx';

/** What it needs of the widget. */
interface Place extends Address {
  root: ShadowRoot;
  settings: Settings;
}

/** Calls back once the page is idle. */
export function prepare(place: Place, onReady: (extras: CardExtras) => void): void {
  const showVotes = createShowVotes(place);
  loadDateFormat(place.settings.locale, (formatDate) => onReady({ formatDate, showVotes }));
}
