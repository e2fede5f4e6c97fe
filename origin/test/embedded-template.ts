/** Makes the embedded database that suites start from, once: to make one takes seconds of a core. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../src/db/database.ts';

/** An embedded database with today's tables and nothing in them. */
export interface EmbeddedTemplate {
  /** What `DATA_DIR` would be. */
  dataDir: string;
  /** The same as a file, for a database that is kept in memory. */
  contents: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    embeddedTemplate: EmbeddedTemplate;
  }
}

export default async function makeTemplate(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plaudit-embedded-'));
  await (await openDatabase({ dataDir })).close();
  const contents = join(dataDir, 'contents.tar');
  const client = await PGlite.create(join(dataDir, 'db'));
  await writeFile(contents, (await client.dumpDataDir('none')).stream());
  await client.close();
  project.provide('embeddedTemplate', { dataDir, contents });
  return () => rm(dataDir, { recursive: true });
}
