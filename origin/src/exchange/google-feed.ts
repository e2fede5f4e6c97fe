/**
 * The Google product review feed, schema version 2.4: always the whole feed, in the order of
 * elements that the schema fixes. A review that is left out is thereby removed.
 */
import type { FullReview } from '../domain/reviews/read-all.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { element, escapeXml } from './xml.ts';

const SCHEMA = 'http://www.google.com/shopping/reviews/schema/product/2.4/product_reviews.xsd';

/** Published reviews that have a text, of products whose page is known; other ones Google refuses. */
export function createGoogleFeed({ publisher }: ExportOptions): Exporter {
  return {
    statuses: ['published'],
    head:
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"' +
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
      ` xsi:noNamespaceSchemaLocation="${SCHEMA}">\n` +
      '<version>2.4</version>\n' +
      `<aggregator>${element('name', 'Plaudit')}</aggregator>\n` +
      `<publisher>${element('name', publisher)}</publisher>\n` +
      '<reviews>\n',
    write(review) {
      if (!review.body) return { leftOut: 'has no text' };
      if (!review.productUrl) return { leftOut: 'is of a product whose page is not known' };
      return { text: toXml(review, review.body, review.productUrl) };
    },
    tail: '</reviews>\n</feed>\n',
  };
}

function toXml(review: FullReview, body: string, productUrl: string): string {
  const images = review.media
    .filter(({ kind }) => kind === 'photo')
    .map(({ url }) => `<reviewer_image>${element('url', url)}</reviewer_image>`);
  const product =
    `<product_ids><skus>${element('sku', review.productId)}</skus></product_ids>` +
    element('product_name', review.productTitle) +
    element('product_url', productUrl);
  return `<review>${[
    element('review_id', review.id),
    `<reviewer>${nameOf(review)}</reviewer>`,
    element('review_timestamp', review.createdAt.toISOString()),
    element('title', review.title),
    element('content', body),
    // All reviews of a product stand on its page.
    `<review_url type="group">${escapeXml(productUrl)}</review_url>`,
    images.length > 0 ? `<reviewer_images>${images.join('')}</reviewer_images>` : '',
    `<ratings><overall min="1" max="5">${review.rating}</overall></ratings>`,
    `<products><product>${product}</product></products>`,
    element('is_verified_purchase', String(review.verified)),
    element('is_incentivized_review', String(review.incentivized)),
    element('review_language', review.locale),
    element('review_country', review.country),
  ].join('')}</review>\n`;
}

const nameOf = ({ author }: FullReview): string =>
  author ? element('name', author) : '<name is_anonymous="true">Anonymous</name>';
