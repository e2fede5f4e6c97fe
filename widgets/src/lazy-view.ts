/** A widget whose code comes in a chunk: its first page is read while the chunk is still coming. */

import type { ReviewPage, Settings, Shop } from '@plaudit/sdk';
import type { Place, View } from './define-widget.ts';
import { element } from './element.ts';
import { readFirst } from './first-read.ts';
import type { LoadChunk } from './load-chunk.ts';

/** What the loader hands to a chunk, which is built apart from it and shares no code with it. */
export interface ChunkPlace<Page = ReviewPage> extends Place {
  edge: string;
  appKey: string;
  settings: Settings;
  /** What the loader asks beside the chunk; not where a server has rendered it (`known`), or there is nothing to ask. */
  firstPage: Promise<Page>;
}

/** What every such chunk is. */
export interface WidgetChunk {
  /** Shows the widget in the place's root until its signal fires. */
  mount: (place: ChunkPlace) => void | Promise<void>;
}

/** What makes the view of `<plaudit-NAME>`, which asks this question first, unless it is empty. */
export const createLazyViews =
  (shop: Shop & { edge: string }, loadChunk: LoadChunk, translated: Settings | Promise<Settings>) =>
  (name: string, question: string): View =>
  async (place) => {
    const { root, signal, hasFallback, known } = place;
    // Holds the widget's height until its chunk does; takes the focus of who is led here early.
    if (!hasFallback && !known) root.append(element('div', { class: name, tabindex: -1 }));
    // Hidden pages, prerendered ones among them, see no viewport: they are made ready at once. So is
    // what stands at the edge of the window wherever its element does.
    if (!document.hidden && name !== 'tab') await isNear(root.host);
    if (signal.aborted) return;

    const firstPage = known || !question ? undefined : readFirst(shop, question, place);
    // The chunk deals with a failure; until it is there, the failure must not count as unhandled.
    firstPage?.catch(() => {});
    const { mount } = await loadChunk<WidgetChunk>(name);
    const settings = await translated;
    if (!signal.aborted)
      await mount({ ...shop, ...place, settings, firstPage: firstPage as Promise<ReviewPage> });
  };

/** Resolves once the element is less than a screen away from being seen. */
const isNear = (host: Element): Promise<void> =>
  new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: '100%' },
    );
    observer.observe(host);
  });
