/** The review files that are recognised by name, and what is peculiar to each. */
import { toWord, type OwnHeadings } from './columns.ts';
import { CUSTOM_FIELD } from './read-answers.ts';
import { isJsonLines } from './read-records.ts';

export const FORMAT_NAMES = [
  'generic',
  'plaudit',
  'yotpo',
  'judgeme',
  'loox',
  'okendo',
  'stamped',
  'shopify',
  'woocommerce',
  'opinew',
  'ryviu',
  'powerreviews',
  'feefo',
] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What an importer has to know about a format beyond the headings that all of them share. */
export interface Format {
  name: FormatName;
  /** For people. */
  label: string;
  /** Sets of headings, compared without case, spaces and punctuation; one complete set is enough. */
  signatures: readonly string[];
  /** What the format's headings mean where that is not what they mean elsewhere. */
  headings?: OwnHeadings;
  /** Headings of columns that hold answers to the shop's own questions; the question comes after the match. */
  questions?: RegExp;
}

/**
 * The first with a complete signature is taken: the more peculiar a format's headings, the earlier
 * it stands. The last has an empty one and fits every table.
 */
const FORMATS: readonly Format[] = [
  {
    name: 'plaudit',
    label: 'Plaudit',
    signatures: ['review_id product_id rating incentivized helpful_up helpful_down picture_urls'],
    headings: { answers: ['answers'] },
  },
  {
    name: 'judgeme',
    label: 'Judge.me',
    signatures: [
      'body rating review_date reviewer_name reviewer_email picture_urls',
      'body rating review_date reviewer_name curated product_handle',
    ],
    questions: CUSTOM_FIELD,
  },
  {
    name: 'powerreviews',
    label: 'PowerReviews',
    signatures: ['Review-Id Page-Id Review-Display Review-Text Rating'],
    headings: { productId: ['pageid'], author: ['reviewdisplay'] },
  },
  {
    name: 'feefo',
    label: 'Feefo',
    signatures: ['Feedback-Date Product-Id Product-Rating Product-Comment'],
    // Of the two ratings of a row the product's is meant; that of the service is another thing.
    headings: {
      rating: ['productrating'],
      body: ['productcomment'],
      createdAt: ['feedbackdate'],
      author: ['name'],
    },
  },
  {
    name: 'stamped',
    label: 'Stamped',
    signatures: ['reviewRating reviewMessage productId', 'reviewRating reviewMessage productUrl'],
  },
  {
    name: 'yotpo',
    label: 'Yotpo',
    signatures: [
      // As the exporter for WooCommerce writes it, the older template, and two shapes of exports.
      'review_title review_content display_name user_email user_type review_score',
      'review_title review_content review_score product_id display_name email',
      'Review-Score Reviewer-Display-Name Review-Content Review-Creation-Date',
      'Review-Title Review-Content Review-Score Date Display-Name',
      'Review-Title Review-Content Review-Score Shopify-Product-Handle',
    ],
  },
  {
    name: 'loox',
    label: 'Loox',
    signatures: [
      'id status rating nickname review date productId handle img',
      'product_handle rating author body photo_url verified_purchase',
    ],
    headings: { author: ['nickname', 'author'] },
  },
  {
    name: 'okendo',
    label: 'Okendo',
    signatures: [
      'reviewId productId rating body reviewer.name dateCreated',
      'Review-ID Product-ID Rating Body Reviewer-Name Is-Verified-Buyer Date-Created',
      'name body rating dateCreated handle',
      'name body rating dateCreated productId',
      'name body rating dateCreated sku',
    ],
  },
  {
    name: 'shopify',
    label: 'Shopify Product Reviews',
    signatures: ['product_handle state rating author body created_at'],
  },
  {
    name: 'woocommerce',
    label: 'WooCommerce',
    signatures: [
      'comment_content comment_author comment_post_ID',
      'date_created product_id status reviewer reviewer_email review rating',
    ],
    headings: {
      productId: ['commentpostid'],
      rating: ['rating', 'metarating'],
      body: ['commentcontent'],
      author: ['commentauthor'],
      email: ['commentauthoremail'],
      // The clock of the shop's place without its zone would be off by hours; this one is UTC.
      createdAt: ['commentdategmt', 'datecreatedgmt', 'commentdate'],
      status: ['commentapproved'],
      verified: ['metaverified'],
      sourceId: ['commentid'],
    },
  },
  {
    name: 'ryviu',
    label: 'Ryviu',
    signatures: ['rating body_text author created_at', 'rating body_text author product_handle'],
    headings: { pictures: ['bodyurls', 'bodyphotos', 'photos'], country: ['countrycode'] },
  },
  {
    name: 'opinew',
    label: 'Opinew',
    signatures: ['star_rating body user_name', 'star_rating body reviewer_name product_url'],
    headings: { createdAt: ['createdts', 'createdat'], author: ['username', 'reviewername'] },
  },
  { name: 'generic', label: 'table', signatures: [''] },
];

/** Finds the format by the headings. */
export function detectFormat(headings: readonly string[]): Format {
  const present = new Set(headings.map(toWord));
  const isComplete = (signature: string) =>
    signature.split(' ').every((heading) => heading === '' || present.has(toWord(heading)));
  const found = FORMATS.find(({ signatures }) => signatures.some(isComplete));
  return found ?? formatNamed('generic');
}

/** The format of a name that `--format` takes. */
export function formatNamed(name: FormatName): Format {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`There is no format ${name}.`);
  return format;
}

/**
 * Whether texts of such a file carry HTML entities: tables exported from web pages do, JSON and our
 * own files do not.
 */
export const hasHtmlEntities = (path: string, format: Format): boolean =>
  format.name !== 'plaudit' && !isJsonLines(path);

/** Whether cells of such a file may be guarded against formulas: in tables only. */
export const hasFormulaGuards = (path: string): boolean => !isJsonLines(path);
