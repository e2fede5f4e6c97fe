/** What other products' markup looks like, and which of our widgets stands in for it. */

import type { AdoptedProduct, Adoption, AdoptingWidget } from '@plaudit/contract';

/** Elements of another product. */
export interface Markup {
  selector: string;
  widget: AdoptingWidget | ((element: Element, adoption: Adoption) => AdoptingWidget | undefined);
  /** The attribute with the shop's own product id; without one, it is about the whole shop. */
  id?: string;
}

export const MARKUP: Readonly<Record<AdoptedProduct, readonly Markup[]>> = {
  yotpo: [
    { selector: '.yotpo.yotpo-main-widget', widget: 'reviews', id: 'data-product-id' },
    { selector: '.yotpo.bottomLine', widget: 'rating', id: 'data-product-id' },
    { selector: '.yotpo.yotpo-reviews-carousel', widget: 'carousel', id: 'data-product-id' },
    {
      selector: '.yotpo.yotpo-pictures-gallery,.yotpo.yotpo-pictures-widget',
      widget: 'gallery',
      id: 'data-product-id',
    },
    { selector: '.yotpo.yotpo-badge,.yotpo.badge-init', widget: 'badge' },
    { selector: '#yotpo-testimonials-custom-tab', widget: 'reviews' },
    { selector: '.yotpo-widget-instance', widget: toInstance, id: 'data-yotpo-product-id' },
  ],
  judgeme: [
    { selector: '#judgeme_product_reviews,.jdgm-review-widget', widget: 'reviews', id: 'data-id' },
    { selector: '.jdgm-preview-badge', widget: 'rating', id: 'data-id' },
    { selector: '.jdgm-carousel-wrapper', widget: 'carousel' },
    { selector: '.jdgm-verified-badge-wrapper', widget: 'badge' },
    { selector: '.jdgm-all-reviews-widget', widget: 'reviews' },
    { selector: '.jdgm-revs-tab', widget: 'tab' },
  ],
  loox: [
    {
      selector: '#looxReviews:not([data-loox-aggregate])',
      widget: 'reviews',
      id: 'data-product-id',
    },
    { selector: '#looxReviews[data-loox-aggregate]', widget: 'reviews' },
    { selector: '.loox-rating', widget: 'rating', id: 'data-id' },
  ],
  okendo: [
    {
      selector: '[data-oke-widget],[data-oke-reviews-widget]',
      widget: 'reviews',
      id: 'data-oke-reviews-product-id',
    },
    {
      selector: '[data-oke-star-rating],[data-oke-reviews-star-rating-widget]',
      widget: 'rating',
      id: 'data-oke-reviews-product-id',
    },
    { selector: '[data-oke-carousel]', widget: 'carousel' },
  ],
  stamped: [
    {
      selector: '#stamped-main-widget,.stamped-main-widget',
      widget: 'reviews',
      id: 'data-product-id',
    },
    { selector: '.stamped-product-reviews-badge', widget: 'rating', id: 'data-id' },
    { selector: '#stamped-reviews-widget[data-widget-type^=carousel]', widget: 'carousel' },
    { selector: '#stamped-reviews-widget[data-widget-type^=full]', widget: 'reviews' },
  ],
  shopify: [
    { selector: '#shopify-product-reviews', widget: 'reviews', id: 'data-id' },
    { selector: '.shopify-product-reviews-badge', widget: 'rating', id: 'data-id' },
  ],
};

/**
 * What an instance is, its number alone tells, to those who have its settings: ours, or else a guess.
 * Reviews are told of the product what their form has to send; ratings need no more than its id.
 */
function toInstance(element: Element, { instances = {} }: Adoption): AdoptingWidget | undefined {
  const known = instances[element.getAttribute('data-yotpo-instance-id') ?? ''];
  if (known) return known;
  if (!element.hasAttribute('data-yotpo-product-id')) return undefined;
  if (element.matches('.qna')) return 'questions';
  const isSold = element.matches('[data-yotpo-price],[data-yotpo-currency]');
  const isNamed = element.matches('[data-yotpo-name]:not([data-yotpo-section-id])');
  return isSold || isNamed ? 'reviews' : 'rating';
}
