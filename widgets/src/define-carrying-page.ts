/**
 * What a script sets up that carries a product's rating and first reviews: it has the reviews' code, or
 * starts their chunk at once, and asks for nothing that it carries.
 */

import type { CarryingSettings } from '@plaudit/contract';
import type { Request } from '@plaudit/sdk';
import { createBareRequest } from './bare-request.ts';
import { definePage } from './define-page.ts';
import type { LoadChunk } from './load-chunk.ts';

export function defineCarryingPage(
  address: { edge: string; appKey: string },
  { carried, ...settings }: CarryingSettings,
  loadChunk: LoadChunk,
): void {
  const request = createBareRequest(address.edge);

  const pages = new Map([[carried.path, carried.page]]);
  // Told once: who asks again later wants to know what is new.
  const carriedFirst: Request = (path, call) => {
    const page = pages.get(path);
    pages.delete(path);
    return page ? Promise.resolve(page as never) : request(path, call);
  };

  // A page may show one rating twice, above and in a bar that follows; all of them are told.
  let isFirstView = true;
  const endFirstView = (): void => {
    isFirstView = false;
  };
  if (document.readyState === 'complete') setTimeout(endFirstView);
  else addEventListener('load', endFirstView, { once: true });

  // Where the script has it not. Not waited for: the widget asks for it again, and gets the same or the failure.
  loadChunk('reviews').catch(() => {});
  definePage(address, settings, carriedFirst, loadChunk, (read) => async (productId) => {
    if (!isFirstView || productId !== carried.product) return read(productId);
    const { average, count } = carried.page.summary;
    return count > 0 ? { average, count } : undefined;
  });
}
