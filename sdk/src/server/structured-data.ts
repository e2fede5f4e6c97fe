/** A product's reviews as search engines read them: schema.org in JSON-LD, as Google documents it. */

import { SITE_PRODUCT_ID, type Review, type ReviewPage } from '@plaudit/contract';

/** What the shop knows of the product; every schema.org property of `Product` may be added. */
export interface ProductFacts {
  name: string;
  [property: string]: unknown;
}

/** A schema.org `Product` with its rating and reviews, or the `Organization` that the shop is. */
export type StructuredData = Record<string, unknown>;

/** Google refuses longer names of authors. */
const AUTHOR_MAX_LENGTH = 100;

/**
 * Describes a product and what was said of it. Without reviews there is no rating: an empty one is an
 * error to search engines. Say only what the page shows too: give the same page of reviews to both.
 * The shop itself (`productID: '@site'`) is named and no more: what a site says of its own reputation
 * is self-serving to Google, which shows no stars for it (review snippet guidelines).
 */
export function toStructuredData(product: ProductFacts, page: ReviewPage): StructuredData {
  const { productID, ...shop } = product;
  if (productID === SITE_PRODUCT_ID) {
    return { '@context': 'https://schema.org', '@type': 'Organization', ...shop };
  }
  const { count, average } = page.summary;
  const described = { '@context': 'https://schema.org', '@type': 'Product', ...product };
  if (count === 0) return described;
  return {
    ...described,
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: Math.round(average * 10) / 10,
      reviewCount: count,
      bestRating: 5,
      worstRating: 1,
    },
    review: page.reviews.map(toReviewData),
  };
}

function toReviewData({ author = 'Anonymous', title, body, ...review }: Review): StructuredData {
  return {
    '@type': 'Review',
    author: { '@type': 'Person', name: author.slice(0, AUTHOR_MAX_LENGTH).toWellFormed() },
    datePublished: review.createdAt,
    reviewRating: { '@type': 'Rating', ratingValue: review.rating, bestRating: 5, worstRating: 1 },
    ...(title && { name: title }),
    ...(body && { reviewBody: body }),
    ...(review.locale && { inLanguage: review.locale }),
  };
}

/** The data as a script element. No text in it can end the element or start a comment. */
export function toJsonLdScript(data: StructuredData): string {
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003C`);
  return `<script type="application/ld+json">${json}</script>`;
}
