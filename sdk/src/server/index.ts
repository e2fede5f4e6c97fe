export { renderReviewsElement, reviewsStyles } from './render-reviews-element.ts';
export type { ElementOptions } from './render-reviews-element.ts';
export { renderReviews } from './render-reviews.ts';
export type { RenderOptions, ServerTexts } from './render-reviews.ts';
export { toJsonLdScript, toStructuredData } from './structured-data.ts';
export type { ProductFacts, StructuredData } from './structured-data.ts';
