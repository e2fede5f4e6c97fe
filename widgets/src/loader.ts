/**
 * What a shop's one script tag runs: defines the custom elements, nothing else. Everything a page
 * does not use stays on the server. Whatever goes wrong, the page must not notice.
 */

import { readAddress } from './address.ts';
import { createBareRequest } from './bare-request.ts';
import { definePage } from './define-page.ts';
import { createLoadChunk } from './load-chunk.ts';

try {
  const address = readAddress((document.currentScript as HTMLScriptElement).src);
  const { edge } = address;
  definePage(
    address,
    __PLAUDIT_SETTINGS__,
    createBareRequest(edge),
    createLoadChunk(edge),
    (read) => read,
  );
} catch {
  // An old browser or a hostile page: the elements' children stay as they are.
  // A second script tag, for which the first element is defined already: nothing is left to do.
}
