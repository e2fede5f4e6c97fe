/** Constructed style sheets need no `style-src` of the page's Content-Security-Policy. */
export function toStyleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
