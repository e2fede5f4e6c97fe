/** Where an element leads; no other scheme leads to a page. */
export function readHref(host: Element): string | undefined {
  const href = host.getAttribute('href') ?? '';
  return href !== '' && /^https?:/.test(new URL(href, document.baseURI).href) ? href : undefined;
}
