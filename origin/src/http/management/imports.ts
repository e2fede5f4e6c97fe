/** Imports in the management API: what came in, and how to take it back. */
import { z } from 'zod';
import { findImport } from '../../domain/imports/find.ts';
import { listImports as list } from '../../domain/imports/list.ts';
import { listRowErrors, ROW_ERRORS_MAX } from '../../domain/imports/row-errors.ts';
import { undoImport as undo } from '../../domain/imports/undo.ts';
import { withoutNulls } from './catalogue-schema.ts';
import { oneImport, toImport } from './import-shape.ts';
import { operation } from './operation.ts';
import { cutPage, limitOf, named, next, page, whole } from './schema.ts';

export const getImport = operation({
  method: 'get',
  path: '/imports/{importId}',
  scope: 'imports:read',
  summary: 'Get an import',
  description: 'How far it is, and what came of it.',
  answer: oneImport,
  run: async ({ domain, shop, params }) => ({
    body: toImport(await findImport(domain.db, shop.id, params.importId)),
  }),
});

export const listImportErrors = operation({
  method: 'get',
  path: '/imports/{importId}/errors',
  scope: 'imports:read',
  summary: 'List the rows of an import that could not be taken as they are',
  description: `In their order, the first ${ROW_ERRORS_MAX} of them.`,
  query: z.strictObject({
    limit: page.limit,
    cursor: whole(z.int().min(1)).describe('What the page before said is next').exactOptional(),
  }),
  answer: named(
    'ImportErrorPage',
    z.object({
      errors: z.array(
        z.object({
          row: z.int().describe('Counted from 1, without the heading'),
          line: z.int().describe('Of the file, where the row ends'),
          field: z.string().describe('Where one field is at fault').exactOptional(),
          reason: z.string().describe('For people; it repeats nothing of the row'),
        }),
      ),
      next,
    }),
  ),
  run: async ({ domain, shop, params, query: { cursor, ...query } }) => {
    const own = await findImport(domain.db, shop.id, params.importId);
    const limit = limitOf(query);
    const read = await listRowErrors(domain.db, own, limit + 1, cursor);
    const { rows, ...more } = cutPage(read, limit, ({ row }) => String(row));
    return { body: { errors: rows.map(withoutNulls), ...more } };
  },
});

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
      imports: z.array(oneImport),
      next,
    }),
  ),
  run: async ({ domain, shop, query }) => {
    const limit = limitOf(query);
    const read = await list(domain.db, shop.id, limit + 1, query.cursor);
    const { rows, ...more } = cutPage(read, limit, ({ publicId }) => publicId);
    return { body: { imports: rows.map(toImport), ...more } };
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
