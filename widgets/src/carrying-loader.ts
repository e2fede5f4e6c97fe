/** `plaudit.js?product=42`: the same script with the product's rating and first reviews in it. */

import type { CarryingSettings } from '@plaudit/contract';
import { readAddress } from './address.ts';
import { defineCarryingPage } from './define-carrying-page.ts';

try {
  // A second script tag finds the elements defined and leaves.
  if (!customElements.get('plaudit-rating')) {
    const { src } = document.currentScript as HTMLScriptElement;
    defineCarryingPage(readAddress(src), __PLAUDIT_SETTINGS__ as CarryingSettings);
  }
} catch {
  // An old browser or a hostile page: the elements' children stay as they are.
}
