/** Builds the chunks and the loader once, with the shipped configuration, into a folder of the tests' own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup } from 'rollup';
import type { TestProject } from 'vitest/node';
import { buildInto } from '../../rollup.config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What `dist` is otherwise. */
    distDir: string;
  }
}

export default async function build(project: TestProject): Promise<() => Promise<void>> {
  const distDir = await mkdtemp(join(tmpdir(), 'plaudit-widgets-'));
  const { widgets, edge: _, ...builds } = buildInto(distDir);
  for (const options of [...Object.values(builds), ...widgets]) {
    const bundle = await rollup(options);
    await bundle.write(options.output);
    await bundle.close();
  }
  project.provide('distDir', distDir);
  return () => rm(distDir, { recursive: true });
}
