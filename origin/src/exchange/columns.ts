/** Which column of a file holds which part of a review, found by the headings that other products use. */

/** What a column can mean. */
export const FIELDS = [
  'productId',
  'productHandle',
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
  'locale',
  'country',
  'status',
  'reply',
  'replyAt',
  'helpfulUp',
  'helpfulDown',
  'pictures',
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
  productId: [
    'productid',
    'shopifyproductid',
    'externalid',
    'productexternalid',
    'sku',
    'productsku',
    'asin',
    'itemid',
  ],
  productHandle: ['producthandle', 'shopifyproducthandle', 'handle'],
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
    'review',
    'content',
    'text',
    'comment',
  ],
  author: [
    'reviewername',
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
  verified: ['verified', 'verifiedpurchase', 'verifiedbuyer', 'isverifiedbuyer'],
  incentivized: ['incentivized', 'isincentivized', 'isincentivizedreview'],
  locale: ['locale', 'language', 'lang', 'reviewlanguage'],
  country: ['country', 'countrycode', 'reviewcountry'],
  status: ['state', 'status', 'curated', 'published', 'reviewstatus'],
  reply: ['reply', 'replybody', 'merchantreply', 'commentcontent', 'response'],
  replyAt: ['replydate', 'repliedat', 'replycreatedat'],
  helpfulUp: [
    'helpfulup',
    'votesup',
    'upvotes',
    'helpful',
    'positivefeedbackcount',
    'helpfulcount',
  ],
  helpfulDown: ['helpfuldown', 'votesdown', 'downvotes'],
  pictures: ['pictureurls', 'imageurls', 'images', 'photourl', 'photourls', 'photos', 'img'],
  sourceId: ['reviewid', 'sourceid', 'id'],
};

const toWord = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}#]/gu, '');

/** A heading such as `Clothing ID` or `movie_id`, but not the id of a person, an order or a review. */
const SOME_ID = /^(?!.*(?:review|user|customer|order|author|parent|shop|store))\p{L}+id$/u;

/** Finds the column of every field that the headings give away. */
export function findColumns(headings: readonly string[]): ColumnMap {
  const byWord = new Map(headings.map((heading) => [toWord(heading), heading]));
  const columns: ColumnMap = {};
  for (const field of FIELDS) {
    const column = ALIASES[field].map((word) => byWord.get(word)).find(Boolean);
    if (column !== undefined) columns[field] = column;
  }
  if (columns.productId === undefined && columns.productHandle === undefined) {
    const ids = headings.filter((heading) => SOME_ID.test(toWord(heading)));
    if (ids.length === 1 && ids[0] !== undefined) columns.productId = ids[0];
  }
  return columns;
}

/**
 * Reads `--map COLUMN=FIELD` options.
 * @throws Error naming the option when the column is not in the file or the field is unknown
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
      throw new Error(
        `--map ${option}: write COLUMN=FIELD, the field one of ${FIELDS.join(', ')}.`,
      );
    }
    if (!headings.includes(column)) {
      throw new Error(
        `--map ${option}: the file has no column "${column}"; it has ${headings.join(', ')}.`,
      );
    }
    columns[field] = column;
  }
  return columns;
}
