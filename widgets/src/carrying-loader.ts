/**
 * `plaudit.js?product=42`: the same script with the product's rating and first reviews in it, and with
 * the code that shows them: all of a product page's first view in one answer.
 */

import type { CarryingSettings } from '@plaudit/contract';
import { readAddress } from './address.ts';
import { defineCarryingPage } from './define-carrying-page.ts';
import { setFolder } from './import-part.ts';
import { createLoadChunk } from './load-chunk.ts';
import { mount } from './reviews/index.tsx';

try {
  // A second script tag finds the elements defined and leaves.
  if (!customElements.get('plaudit-rating')) {
    const address = readAddress((document.currentScript as HTMLScriptElement).src);
    const { edge } = address;
    const loadChunk = createLoadChunk(edge);
    setFolder(`${edge}/assets/`);
    defineCarryingPage(
      address,
      __PLAUDIT_SETTINGS__ as CarryingSettings,
      // In a task of its own: the ratings are drawn first, and no task becomes a long one.
      (name) =>
        name === 'reviews'
          ? new Promise((resolve) => {
              setTimeout(resolve, 0, { mount });
            })
          : loadChunk(name),
    );
  }
} catch {
  // An old browser or a hostile page: the elements' children stay as they are.
}
