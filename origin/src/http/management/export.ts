/** The export of reviews in the management API: a text that is written while it is read. */
import { z } from 'zod';
import { mayKnowPersons } from '../../auth/access.ts';
import { EXPORT_FORMATS, exportReviews as write } from '../../exchange/export-reviews.ts';
import { ProblemError } from '../problems.ts';
import { operation } from './operation.ts';
import { flag, status } from './schema.ts';

const MEDIA_TYPES = {
  'plaudit-csv': 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  'google-xml': 'application/xml; charset=utf-8',
  judgeme: 'text/csv; charset=utf-8',
  shopify: 'text/csv; charset=utf-8',
} as const satisfies Record<(typeof EXPORT_FORMATS)[number], string>;

export const exportReviews = operation({
  method: 'get',
  path: '/reviews/export',
  scope: 'reviews:read',
  summary: 'Export all reviews',
  description:
    'In one answer, however many there are. One that breaks off is not whole: ask again. Addresses take the scope persons:read as well.',
  query: z.strictObject({
    format: z.enum(EXPORT_FORMATS).describe('jsonl when absent').exactOptional(),
    status: status.describe('All that the format can tell apart when absent').exactOptional(),
    emails: flag.describe('Whether addresses are written').exactOptional(),
  }),
  mediaTypes: [...new Set(Object.values(MEDIA_TYPES))],
  run: ({ domain, shop, access, query: { format = 'jsonl', emails = false, ...filter } }) => {
    if (emails && !mayKnowPersons(access)) {
      throw new ProblemError('forbidden', { detail: 'Addresses take the scope persons:read.' });
    }
    const plan = { format, hasEmails: emails, ...filter, onProgress: () => {} };
    const pieces = write(domain, shop, plan);
    return Promise.resolve({ body: undefined, stream: { pieces, mediaType: MEDIA_TYPES[format] } });
  },
});
