import type { Look } from '@plaudit/sdk';
import { toStyleSheet } from './style-sheet.ts';

/** Without a fixed scheme, widgets take the colour of the text around them and so fit any page. */
const INK = { auto: 'inherit', light: '#1c1c1e', dark: '#f2f2f3' };

/** The shop's look as custom properties on the host, where the page's own rules still win. */
export const createTheme = ({
  scheme,
  accentColor = 'currentColor',
  starColor = '#d97706',
  cornerRadius = 8,
}: Look): CSSStyleSheet =>
  toStyleSheet(
    // `color-scheme: auto` does not exist; browsers drop it, which is what is meant by it here.
    `:host{color-scheme:${scheme};color:${INK[scheme]};--plaudit-accent:${accentColor};--plaudit-star:${starColor};--plaudit-radius:${cornerRadius}px}`,
  );
