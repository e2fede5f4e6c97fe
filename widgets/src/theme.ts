import type { Look } from '@plaudit/sdk';

/**
 * The shop's look as custom properties on the host, where the page's own rules still win. Without a
 * fixed scheme, widgets take the colours of the text around them and so fit any page.
 */
export const toThemeCss = ({
  scheme,
  accentColor = 'currentColor',
  starColor = '#d97706',
  cornerRadius = 8,
}: Look): string =>
  `:host{${
    scheme === 'auto' ? '' : `color-scheme:${scheme};color:light-dark(#1c1c1e,#f2f2f3);`
  }--plaudit-accent:${accentColor};--plaudit-star:${starColor};--plaudit-radius:${cornerRadius}px}`;
