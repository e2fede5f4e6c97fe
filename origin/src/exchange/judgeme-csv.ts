import type { ReviewStatus } from '@plaudit/contract';
import { toCsvRow } from './csv-row.ts';
import { ALL_STATUSES, type Exporter, type ExportOptions } from './exporter.ts';
import { toEntityText, toSeconds, toUrlList } from './foreign-cell.ts';

const COLUMNS = [
  'title',
  'body',
  'rating',
  'review_date',
  'source',
  'curated',
  'reviewer_name',
  'reviewer_email',
  'product_id',
  'product_handle',
  'reply',
  'reply_date',
  'picture_urls',
  'ip_address',
  'location',
  'metaobject_handle',
];

const CURATED: Record<ReviewStatus, string> = {
  published: 'ok',
  pending: 'not-yet',
  rejected: 'spam',
  archived: 'not-yet',
};

/**
 * The shape of Judge.me's own exports. It knows neither votes, languages, countries and videos, nor
 * whether a review was verified; archived reviews come back as pending.
 */
export function createJudgemeCsv({ hasEmails }: ExportOptions): Exporter {
  return {
    statuses: ALL_STATUSES,
    head: toCsvRow(COLUMNS),
    write(review) {
      const { reply } = review;
      // Their ids are numbers; what is none can only be a handle.
      const isNumber = /^\d+$/.test(review.productId);
      const productId = toEntityText(review.productId);
      const cells = [
        toEntityText(review.title),
        toEntityText(review.body),
        String(review.rating),
        toSeconds(review.createdAt, 'UTC'),
        'web',
        CURATED[review.status],
        toEntityText(review.author),
        hasEmails ? toEntityText(review.email) : '',
        isNumber ? productId : '',
        isNumber ? '' : productId,
        toEntityText(reply?.body),
        reply?.createdAt === undefined ? '' : toSeconds(new Date(reply.createdAt), 'UTC'),
        toEntityText(toUrlList(review)),
        '',
        '',
        '',
      ];
      return { text: toCsvRow(cells) };
    },
    tail: '',
  };
}
