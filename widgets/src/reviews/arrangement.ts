import type { Layout } from '@plaudit/sdk';

/** The class for the shop's setting; none where the element's own `layout` decides. */
export const arrangementClass = (host: Element, layout: Layout): string =>
  host.hasAttribute('layout') ? '' : (layout.arrangement ?? '');
