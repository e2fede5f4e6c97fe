/** Which column of a file holds which part of a review, found by the headings that other products use. */

/** What a column can mean. */
export const FIELDS = [
  'productId',
  'productHandle',
  'productSku',
  'productTitle',
  'productUrl',
  'productImageUrl',
  'rating',
  'title',
  'body',
  'author',
  'email',
  'createdAt',
  'verified',
  'incentivized',
  'incentive',
  'variant',
  'answers',
  'locale',
  'country',
  'status',
  'reply',
  'replyAt',
  'translationLocale',
  'translationTitle',
  'translationBody',
  'helpfulUp',
  'helpfulDown',
  'pictures',
  'videos',
  'sourceId',
] as const;
export type Field = (typeof FIELDS)[number];

/** The column of each field that was found or named. */
export type ColumnMap = Partial<Record<Field, string>>;

/**
 * Headings by field, the surest first; compared without case, spaces and punctuation. Where two
 * columns fit a field, the heading that stands first here wins.
 */
const ALIASES: Record<Field, readonly string[]> = {
  productId: ['productid', 'shopifyproductid', 'externalid', 'productexternalid', 'asin', 'itemid'],
  productHandle: ['producthandle', 'shopifyproducthandle', 'handle'],
  productSku: ['sku', 'productsku'],
  productTitle: ['producttitle', 'productname', 'product', 'itemname'],
  productUrl: ['producturl', 'productlink', 'url'],
  productImageUrl: ['productimageurl', 'productimage'],
  rating: [
    'rating',
    'customerrating',
    'reviewrating',
    'reviewscore',
    'score',
    'stars',
    'starrating',
  ],
  title: ['title', 'reviewtitle', 'headline', 'summary', 'subject'],
  body: [
    'body',
    'reviewbody',
    'reviewcontent',
    'reviewtext',
    'customerreview',
    'bodytext',
    'reviewmessage',
    'review',
    'content',
    'text',
    'comment',
  ],
  author: [
    'reviewername',
    'reviewer',
    'author',
    'displayname',
    'reviewerdisplayname',
    'nickname',
    'name',
    'customername',
    'fullname',
    'username',
  ],
  email: ['revieweremail', 'email', 'useremail', 'customeremail', 'emailaddress'],
  createdAt: [
    'reviewdate',
    'createdat',
    'datecreated',
    'date',
    'reviewcreationdate',
    'submittedat',
    'time',
  ],
  verified: [
    'verified',
    'verifiedpurchase',
    'verifiedbuyer',
    'isverifiedbuyer',
    'verifiedreview',
    'usertype',
  ],
  incentivized: ['incentivized', 'isincentivized', 'isincentivizedreview'],
  incentive: ['incentive', 'incentivekind'],
  variant: ['variant', 'productvariant', 'varianttitle', 'variantname'],
  // What others call so is no list of ours.
  answers: [],
  locale: ['locale', 'language', 'lang', 'reviewlanguage'],
  country: ['country', 'countrycode', 'reviewcountry'],
  status: ['state', 'status', 'curated', 'published', 'reviewstatus', 'reviewstate'],
  reply: ['reply', 'replybody', 'merchantreply', 'reviewreply', 'commentcontent', 'response'],
  replyAt: ['replydate', 'repliedat', 'replycreatedat', 'reviewreplydate'],
  translationLocale: ['translationlocale'],
  translationTitle: ['translationtitle'],
  translationBody: ['translationbody'],
  helpfulUp: [
    'helpfulup',
    'votesup',
    'reviewvotesup',
    'upvotes',
    'helpful',
    'positivefeedbackcount',
    'helpfulcount',
  ],
  helpfulDown: ['helpfuldown', 'votesdown', 'downvotes', 'reviewvotesdown'],
  pictures: [
    'pictureurls',
    'imageurls',
    'publishedimageurls',
    'reviewimageurls',
    'images',
    'imageurl',
    'photourl',
    'photourls',
    'photos',
    'reviewuserphotos',
    'img',
  ],
  videos: ['videourls', 'videourl', 'videos'],
  sourceId: ['reviewid', 'sourceid', 'id'],
};

/** A heading without case, spaces and punctuation, as headings are compared. */
export const toWord = (heading: string): string =>
  heading.toLowerCase().replace(/[^\p{L}\p{N}#]/gu, '');

/** A heading such as `Clothing ID` or `movie_id`, but not the id of a person, an order or a review. */
const SOME_ID = /^(?!.*(?:review|user|customer|order|author|parent|shop|store))\p{L}+id$/u;

/** Headings by field that one format alone uses so; they go before those of `ALIASES`. */
export type OwnHeadings = Partial<Record<Field, readonly string[]>>;

/**
 * Finds the column of every field that the headings give away. A column that a format's own heading
 * gives to one field is no other's.
 */
export function findColumns(headings: readonly string[], own: OwnHeadings = {}): ColumnMap {
  const byWord = new Map(headings.map((heading) => [toWord(heading), heading]));
  const columns: ColumnMap = {};
  const claim = (field: Field, words: readonly string[] = []) => {
    const word = words.find((candidate) => byWord.has(candidate));
    const column = word === undefined ? undefined : byWord.get(word);
    if (column !== undefined) columns[field] ??= column;
    return word;
  };
  const taken = FIELDS.map((field) => claim(field, own[field]));
  for (const word of taken) if (word !== undefined) byWord.delete(word);
  for (const field of FIELDS) claim(field, ALIASES[field]);
  if (!columns.productId && !columns.productHandle && !columns.productSku) {
    const ids = headings.filter((heading) => SOME_ID.test(toWord(heading)));
    if (ids.length === 1 && ids[0] !== undefined) columns.productId = ids[0];
  }
  return columns;
}

/** What was said of a column does not hold. */
export class ColumnError extends Error {}

/**
 * Reads `COLUMN=FIELD` options.
 * @throws ColumnError when the column is not in the file or the field is unknown
 */
export function readColumnOptions(
  options: readonly string[],
  headings: readonly string[],
): ColumnMap {
  const columns: ColumnMap = {};
  for (const option of options) {
    const split = option.lastIndexOf('=');
    const [column, name] = [option.slice(0, split), option.slice(split + 1)];
    const field = FIELDS.find((candidate) => candidate === name);
    if (split < 1 || !field) {
      throw new ColumnError(
        `"${option}" is not COLUMN=FIELD with the field one of ${FIELDS.join(', ')}.`,
      );
    }
    if (!headings.includes(column)) {
      throw new ColumnError(`it has no column "${column}"; it has ${headings.join(', ')}.`);
    }
    columns[field] = column;
  }
  return columns;
}
