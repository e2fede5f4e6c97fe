/** Questions and answers. The domain has none, and clients draw an empty list from these. */
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { findShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { envelope } from './envelope.ts';
import { readPage } from './parameters.ts';
import { subjectTags } from './subject.ts';

const PATTERNS = [
  { pattern: '/products/:appKey/:productId/questions', name: 'count' },
  { pattern: '/v1/widget/:appKey/products/:productId/questions', name: 'per_page' },
];

/** Adds the reads of questions. */
export function addQuestionReads(app: Hono, { db }: Context): void {
  for (const { pattern, name } of PATTERNS) {
    addRead(app, pattern, async ({ part, search }) => {
      const appKey = part('appKey');
      await findShop(db, appKey);
      const { page, size } = readPage(search, { name, usual: 5, most: 150 });
      const none = { total_questions: 0, total_answers: 0, page, per_page: size, questions: [] };
      const tags = subjectTags(appKey, part('productId'));
      return { body: envelope(none), policy: 'reviews', tags };
    });
  }
}
