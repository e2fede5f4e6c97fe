import { expect, test } from 'vitest';
import { findColumns } from './columns.ts';
import { detectFormat, formatNamed, hasHtmlEntities, FORMAT_NAMES } from './formats.ts';

/** Headings as each product writes or asks for them, in every shape that is known. */
const HEADINGS: readonly (readonly [format: string, shape: string, headings: string])[] = [
  [
    'plaudit',
    'export',
    'review_id,product_id,product_title,product_url,product_image_url,rating,title,body,author,email,created_at,verified,incentivized,incentive,variant,answers,locale,country,status,reply,replied_at,translation_locale,translation_title,translation_body,helpful_up,helpful_down,picture_urls,video_urls',
  ],
  [
    'plaudit',
    'export before answers',
    'review_id,product_id,product_title,product_url,product_image_url,rating,title,body,author,email,created_at,verified,incentivized,locale,country,status,reply,replied_at,helpful_up,helpful_down,picture_urls,video_urls',
  ],
  [
    'yotpo',
    'as the exporter for WooCommerce writes it',
    'review_title,review_content,display_name,user_email,user_type,review_score,date,sku,product_title,product_description,product_url,product_image_url',
  ],
  [
    'yotpo',
    'older template',
    'published,review_title,review_content,review_score,date,product_id,display_name,email,comment_content',
  ],
  [
    'yotpo',
    'export with titles',
    'Review Title,Review Content,Review Score,Date,Product ID,Product Title,Product URL,Display Name,Email,Verified Purchase',
  ],
  [
    'yotpo',
    'export with reviewers',
    'Product ID,Review Score,Reviewer Display Name,Review Content,Review Creation Date,Reviewer Email,Review Title',
  ],
  [
    'yotpo',
    'export with handles',
    'Review Title,Review Content,Review Score,Shopify Product Handle,Published Image URLs',
  ],
  [
    'judgeme',
    'import',
    'title,body,rating,review_date,reviewer_name,reviewer_email,product_url,picture_urls,product_id,product_handle,reply',
  ],
  [
    'judgeme',
    'export',
    'title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,ip_address,location,metaobject_handle,CF_Size',
  ],
  [
    'loox',
    'export',
    'id,status,rating,email,nickname,full_name,review,date,productId,handle,img,variant,verified_purchase',
  ],
  [
    'loox',
    'import',
    'product_handle,rating,author,body,created_at,email,title,photo_url,verified_purchase',
  ],
  ['okendo', 'import', 'name,body,rating,dateCreated,handle,countryCode,email,imageUrls,title'],
  [
    'okendo',
    'export',
    'reviewId,productId,rating,title,body,reviewer.name,reviewer.email,dateCreated',
  ],
  [
    'okendo',
    'export for people',
    'Review ID,Product ID,Product Name,Rating,Title,Body,Reviewer Name,Is Verified Buyer,Date Created,Status',
  ],
  [
    'stamped',
    'export',
    'author,email,reviewRating,reviewTitle,reviewMessage,reviewDate,reviewState,productId,productName,productUrl,reviewReply,reviewReplyDate',
  ],
  [
    'shopify',
    'export',
    'product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at',
  ],
  [
    'woocommerce',
    'comments',
    'comment_ID,comment_post_ID,comment_author,comment_author_email,comment_date,comment_date_gmt,comment_content,comment_approved,meta:rating,meta:verified',
  ],
  [
    'woocommerce',
    'reviews',
    'id,date_created,product_id,product_name,status,reviewer,reviewer_email,review,rating,verified',
  ],
  ['opinew', 'export', 'product_url,product_id,star_rating,body,user_name,created_ts,image_url'],
  [
    'ryviu',
    'export',
    'product_handle,rating,title,author,email,body_text,body_urls,created_at,country_code,status',
  ],
  [
    'powerreviews',
    'import',
    'Review Id,Page Id,Review Display,Review Title,Review Date,Review Location,Review Text,Rating,Verified Buyer,Review Status',
  ],
  [
    'feefo',
    'import',
    'Name,Email,Sale Date,Feedback Date,Product Id,Service Rating,Service Comment,Product Rating,Product Comment,Product Attributes',
  ],
];

test.each(HEADINGS)('%s (%s) is known by its headings', (format, _shape, headings) => {
  const columns = headings.split(',');
  expect(detectFormat(columns).name).toBe(format);
  expect(detectFormat(columns.toReversed()).name).toBe(format);
  expect(detectFormat(columns.map((column) => ` ${column.toUpperCase()} `)).name).toBe(format);
});

test.each(HEADINGS)('%s (%s) has its rating, text, product and author', (_f, _shape, headings) => {
  const names = headings.split(',');
  const { rating, body, productId, productHandle, productSku, author } = findColumns(
    names,
    detectFormat(names).headings,
  );
  expect([rating, body, productId ?? productHandle ?? productSku]).not.toContain(undefined);
  const hasAuthor = /name|author|reviewer|display/i.test(names.join(','));
  expect(author !== undefined || !hasAuthor || names.includes('Shopify Product Handle')).toBe(true);
});

test('every format is known by the headings of some file', () => {
  const seen = new Set(HEADINGS.map(([format]) => format));
  expect(FORMAT_NAMES.filter((name) => name !== 'generic' && !seen.has(name))).toEqual([]);
});

test.each([['sku,rating'], ['product,stars,comment'], ['']])('%j is just a table', (headings) => {
  expect(detectFormat(headings.split(',')).name).toBe('generic');
});

test('variants and custom fields are found', () => {
  const headingsOf = (format: string) =>
    HEADINGS.find(([name, shape]) => name === format && shape === 'export')?.[2].split(',') ?? [];
  expect(findColumns(headingsOf('loox')).variant).toBe('variant');
  const { questions } = detectFormat(headingsOf('judgeme'));
  expect(headingsOf('judgeme').filter((name) => questions?.test(name))).toEqual(['CF_Size']);
});

test('entities are decoded in tables that others wrote', () => {
  expect(hasHtmlEntities('a.csv', formatNamed('yotpo'))).toBe(true);
  expect(hasHtmlEntities('a.jsonl.gz', formatNamed('yotpo'))).toBe(false);
  expect(hasHtmlEntities('a.csv', formatNamed('plaudit'))).toBe(false);
});
