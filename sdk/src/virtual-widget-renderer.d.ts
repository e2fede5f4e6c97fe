/** What the widgets render on servers; `scripts/build-plugins.ts` bundles it. */
declare module 'virtual:widget-renderer' {
  import type { ReviewPage, Settings } from '@plaudit/contract';

  /** What goes into the shadow root of `<plaudit-reviews>`. */
  export function renderFirstView(
    page: ReviewPage,
    product: string,
    settings: Partial<Settings>,
    /** Whether the element has a `layout` of its own. */
    hasOwnLayout: boolean,
  ): { markup: string; css: string; data: object };
}
