/** Builds an element out of attributes and text nodes alone: what users wrote is never parsed. */
export function element(
  tag: string,
  attributes: Record<string, string | number> = {},
  ...children: (Node | string)[]
): Element {
  const namespace = /svg|path/.test(tag) ? '2000/svg' : '1999/xhtml';
  const node = document.createElementNS(`http://www.w3.org/${namespace}`, tag);
  // Numbers are written out by the browser.
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value as string);
  node.append(...children);
  return node;
}
