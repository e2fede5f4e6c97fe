import type { Look } from '@plaudit/sdk';
import { toStyleSheet } from './style-sheet.ts';

/** Without a fixed scheme, widgets take the colours of the text around them and so fit any page. */
const SCHEMES = {
  auto: '',
  light: 'color-scheme:light;color:#1c1c1e;',
  dark: 'color-scheme:dark;color:#f2f2f3;',
};

/** The shop's look as custom properties on the host, where the page's own rules still win. */
export const createTheme = ({
  scheme,
  accentColor = 'currentColor',
  starColor = '#d97706',
  cornerRadius = 8,
}: Look): CSSStyleSheet =>
  toStyleSheet(
    `:host{${SCHEMES[scheme]}--plaudit-accent:${accentColor};--plaudit-star:${starColor};--plaudit-radius:${cornerRadius}px}`,
  );
