/**
 * The script for pages that were written for another product: the same elements, put where that
 * product's markup stands. Served in the place of `plaudit.js` where the shop's settings adopt, and at
 * the addresses where pages ask for Yotpo's script.
 */

import type { AdoptingSettings, CarryingSettings } from '@plaudit/contract';
import { adoptPage } from './adopt/adopt-page.ts';
import { createBareRequest } from './bare-request.ts';
import { defineCarryingPage } from './define-carrying-page.ts';
import { definePage } from './define-page.ts';
import { createLoadChunk } from './load-chunk.ts';

/** Of `EDGE/{appKey}/plaudit.js`, `EDGE/{appKey}/widget.js` or `EDGE/v1/loader/{appKey}`. */
function readAddress(src: string): { edge: string; appKey: string } {
  const pattern = /^(.*?)\/(?:v1\/loader\/([^/?#]+)|([^/]+)\/(?:plaudit|widget)\.js)/;
  const [, edge = '', byLoader, byFile = ''] = pattern.exec(src) ?? [];
  return { edge, appKey: decodeURIComponent(byLoader ?? byFile) };
}

function start(script: HTMLScriptElement): void {
  // One name in one place, for the edge to fill.
  const baked: unknown = __PLAUDIT_SETTINGS__;
  const settings = baked as AdoptingSettings;
  const address = readAddress(script.src);
  const { edge, appKey } = address;
  // A second script tag finds the elements defined.
  if (!customElements.get('plaudit-rating')) {
    const loadChunk = createLoadChunk(edge);
    if (settings.carried) defineCarryingPage(address, settings as CarryingSettings, loadChunk);
    else definePage(address, settings, createBareRequest(edge), loadChunk, (read) => read);
  }
  adoptPage(settings.adopt, appKey);
}

try {
  start(document.currentScript as HTMLScriptElement);
} catch {
  // An old browser or a hostile page: what stands there stays as it is.
}
