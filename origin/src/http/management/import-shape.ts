/** How the management API shows an import. */
import { z } from 'zod';
import type { Import } from '../../domain/imports/start.ts';
import { instant, named } from './schema.ts';

/** An import with what came of it. */
export const oneImport = named(
  'Import',
  z.object({
    id: z.string(),
    source: z.string(),
    fileName: z.string(),
    isDryRun: z.boolean().describe('Counts what it would bring in, when it is done'),
    state: z
      .enum(['running', 'done', 'failed', 'undoing', 'undone'])
      .describe('failed: what came before the failure stays until it is taken back'),
    failure: z.string().describe('Why it failed, for people').exactOptional(),
    read: z.int().describe('Rows so far'),
    imported: z.int().describe('Reviews that it brought in'),
    known: z.int().describe('Rows that were there already'),
    failed: z.int().describe('Rows that could not be read'),
    undone: z.int().describe('Reviews that an undoing has removed'),
    startedAt: instant,
    endedAt: instant.exactOptional(),
  }),
);

/** Field by field, so that a new one stays inside. */
export const toImport = (row: Import): z.output<typeof oneImport> => ({
  id: row.publicId,
  source: row.source,
  fileName: row.fileName,
  isDryRun: row.isDryRun,
  state: row.state,
  ...(row.failure === null ? {} : { failure: row.failure }),
  read: row.rowsDone,
  imported: row.imported,
  known: row.known,
  failed: row.failed,
  undone: row.undone,
  startedAt: row.startedAt.toISOString(),
  ...(row.endedAt ? { endedAt: row.endedAt.toISOString() } : {}),
});
