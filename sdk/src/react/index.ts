/** The widgets as React components, for React 18 and 19, in the browser and on a server. */
import { createElementComponent, type ElementComponent } from './create-element-component.ts';

/** Stars, average and count of a product. */
export const Rating: ElementComponent<'plaudit-rating'> =
  /* @__PURE__ */ createElementComponent('plaudit-rating');

/** Summary, list and, for a product, form. */
export const Reviews: ElementComponent<'plaudit-reviews'> =
  /* @__PURE__ */ createElementComponent('plaudit-reviews');

/** The form to write a review by itself, for a page that an e-mail leads to. */
export const ReviewForm: ElementComponent<'plaudit-review-form'> =
  /* @__PURE__ */ createElementComponent('plaudit-review-form');

/** What visitors ask about a product, what they were answered, and a form to ask. */
export const Questions: ElementComponent<'plaudit-questions'> =
  /* @__PURE__ */ createElementComponent('plaudit-questions');

/** Stars, average and count of the whole shop, for a header or a footer. */
export const Badge: ElementComponent<'plaudit-badge'> =
  /* @__PURE__ */ createElementComponent('plaudit-badge');

/** Average, count and how many gave how many stars, in a strip. */
export const Summary: ElementComponent<'plaudit-summary'> =
  /* @__PURE__ */ createElementComponent('plaudit-summary');

/** What reviewers of a product talk about, with quotes; leads to the page's reviews of it. */
export const Highlights: ElementComponent<'plaudit-highlights'> =
  /* @__PURE__ */ createElementComponent('plaudit-highlights');

/** Reviews side by side. */
export const Carousel: ElementComponent<'plaudit-carousel'> =
  /* @__PURE__ */ createElementComponent('plaudit-carousel');

/** What reviewers photographed and filmed. */
export const Gallery: ElementComponent<'plaudit-gallery'> =
  /* @__PURE__ */ createElementComponent('plaudit-gallery');

/** A button at the window's edge that opens the reviews in a side panel. */
export const Tab: ElementComponent<'plaudit-tab'> =
  /* @__PURE__ */ createElementComponent('plaudit-tab');

export type { CommonProps, ElementComponent, ElementProps } from './create-element-component.ts';
export { PlauditScript } from './plaudit-script.ts';
export type { PlauditScriptProps } from './plaudit-script.ts';
