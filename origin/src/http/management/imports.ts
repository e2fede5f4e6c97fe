/** Imports in the management API: what came in, and how to take it back. */
import { z } from 'zod';
import { listImports as list } from '../../domain/imports/list.ts';
import { undoImport as undo } from '../../domain/imports/undo.ts';
import { operation } from './operation.ts';
import { cutPage, instant, limitOf, named, next, page } from './schema.ts';

export const listImports = operation({
  method: 'get',
  path: '/imports',
  scope: 'imports:read',
  summary: 'List imports',
  description: 'Newest first.',
  query: z.strictObject(page),
  answer: named(
    'ImportPage',
    z.object({
      imports: z.array(
        z.object({
          id: z.string(),
          source: z.string(),
          fileName: z.string(),
          state: z.enum(['running', 'done', 'undoing', 'undone']),
          imported: z.int().describe('Reviews that it brought in'),
          known: z.int().describe('Rows that were there already'),
          failed: z.int().describe('Rows that could not be read'),
          undone: z.int().describe('Reviews that an undoing has removed'),
          startedAt: instant,
          endedAt: instant.exactOptional(),
        }),
      ),
      next,
    }),
  ),
  run: async ({ domain, shop, query }) => {
    const limit = limitOf(query);
    const read = await list(domain.db, shop.id, limit + 1, query.cursor);
    const { rows, ...more } = cutPage(read, limit, ({ publicId }) => publicId);
    const imports = rows.map(({ publicId, startedAt, endedAt, ...row }) => ({
      id: publicId,
      source: row.source,
      fileName: row.fileName,
      state: row.state,
      imported: row.imported,
      known: row.known,
      failed: row.failed,
      undone: row.undone,
      startedAt: startedAt.toISOString(),
      ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    }));
    return { body: { imports, ...more } };
  },
});

/** Thousands of reviews: some seconds. */
const UNDONE_AT_ONCE_MAX = 20;

export const undoImport = operation({
  method: 'post',
  path: '/imports/{importId}/undo',
  scope: 'imports:write',
  summary: 'Take an import back',
  description:
    'Deletes every review that it brought in and nothing else, 20,000 at the most: ask again until it is done. Meanwhile the import is `undoing`.',
  answer: named(
    'UndoOutcome',
    z.object({
      deleted: z.int().describe('Reviews, this time'),
      isDone: z.boolean().describe('Nothing is left of it'),
    }),
  ),
  run: async ({ domain, shop, params }) => ({
    body: await undo(domain, shop.appKey, params.importId, { batchesMax: UNDONE_AT_ONCE_MAX }),
  }),
});
