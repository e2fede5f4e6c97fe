/** A product's reviews as search engines read them: schema.org in JSON-LD, as Google documents it. */

import type { Review, ReviewPage } from '@plaudit/contract';

/** What the shop knows of the product; every schema.org property of `Product` may be added. */
export interface ProductFacts {
  name: string;
  [property: string]: unknown;
}

/** A schema.org `Product` with its rating and reviews. */
export type StructuredData = Record<string, unknown>;

/** Google refuses longer names of authors. */
const AUTHOR_MAX_LENGTH = 100;

/**
 * Describes a product and what was said of it. Without reviews there is no rating: an empty one is an
 * error to search engines. Say only what the page shows too: give the same page of reviews to both.
 */
export function toStructuredData(product: ProductFacts, page: ReviewPage): StructuredData {
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
