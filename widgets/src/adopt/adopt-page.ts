/**
 * Puts our elements where another product's markup stands: what is there now, and what the page puts
 * in, changes or moves later. What stood between that markup's tags becomes the fallback.
 */

import { SITE_PRODUCT_ID, type Adoption } from '@plaudit/contract';
import { element } from '../element.ts';
import { defineGlobals } from './globals.ts';
import { MARKUP, type Markup } from './markup.ts';

/** What Yotpo's markup calls the shop itself. */
const YOTPO_SITE = 'yotpo_site_reviews';
/** Shops' ids as themes write them: Okendo's and Shopify's own come with where they are from. */
const ID_PREFIX = /^(shopify-|gid:\/\/shopify\/Product\/)/;

export function adoptPage(adoption: Adoption, appKey: string): void {
  const markup = adoption.from.flatMap((product) => MARKUP[product]);
  const all = markup.map(({ selector }) => selector).join();

  const adopt = (found: Element): void => {
    const fitting = markup.find(({ selector }) => found.matches(selector));
    if (fitting) adoptElement(found, fitting, adoption);
  };
  const sweep = (within: Element | Document): void => {
    if (within instanceof Element && within.matches(all)) adopt(within);
    within.querySelectorAll(all).forEach(adopt);
  };
  const refresh = (): void => sweep(document);

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') adopt(target as Element);
      else for (const node of addedNodes) if (node instanceof Element) sweep(node);
    }
  }).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [...new Set(markup.flatMap(({ id = [] }) => id))],
  });
  refresh();
  defineGlobals(adoption, appKey, { adopt, refresh });
}

function adoptElement(found: Element, { widget, id }: Markup, adoption: Adoption): void {
  const name = typeof widget === 'string' ? widget : widget(found, adoption);
  const product = id && readProduct(found, id);
  // Ids that a script is still to put in, or a template of the theme's left open.
  const isAboutNothing = id ? !product && name !== 'carousel' && name !== 'gallery' : false;
  if (!name || isAboutNothing) return;

  const tag = `plaudit-${name}`;
  const known = [...found.children].find(({ localName }) => localName === tag);
  const own = known ?? element(tag);
  if (product) own.setAttribute('product', product);
  else own.removeAttribute('product');
  if (known) return;
  own.append(...found.childNodes);
  found.append(own);
}

/** The shop's own id of the product that an element is about. */
function readProduct(found: Element, attribute: string): string | undefined {
  const id = found.getAttribute(attribute)?.trim().replace(ID_PREFIX, '');
  return id === YOTPO_SITE ? SITE_PRODUCT_ID : id;
}
