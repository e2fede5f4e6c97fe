import { toCsvRow } from './csv-row.ts';
import { ALL_STATUSES, type Exporter, type ExportOptions } from './exporter.ts';
import { toEntityText, toSeconds } from './foreign-cell.ts';

const COLUMNS = [
  'product_handle',
  'state',
  'rating',
  'title',
  'author',
  'email',
  'location',
  'body',
  'reply',
  'created_at',
  'replied_at',
];

/**
 * The shape of Shopify Product Reviews, which many products read. It knows texts, names and dates
 * only; whatever is not published comes back as pending.
 */
export function createShopifyCsv({ hasEmails }: ExportOptions): Exporter {
  return {
    statuses: ALL_STATUSES,
    head: toCsvRow(COLUMNS),
    write(review) {
      const { reply } = review;
      const cells = [
        toEntityText(review.productId),
        review.status === 'published' ? 'published' : 'unpublished',
        String(review.rating),
        toEntityText(review.title),
        toEntityText(review.author),
        hasEmails ? toEntityText(review.email) : '',
        '',
        toEntityText(review.body),
        toEntityText(reply?.body),
        toSeconds(review.createdAt, '+0000'),
        reply?.createdAt === undefined ? '' : toSeconds(new Date(reply.createdAt), '+0000'),
      ];
      return { text: toCsvRow(cells) };
    },
    tail: '',
  };
}
