/** Builds the Worker alone, with a stand-in for the loader, into a folder of the test's own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';

/** The smallest script that the settings can be baked into. */
export const STUB_LOADER = 'globalThis.plaudit = Object.freeze(__PLAUDIT_SETTINGS__);\n';

/** @returns the path of the built Worker */
export async function buildWorker(distDir: string): Promise<string> {
  mkdirSync(distDir, { recursive: true });
  writeFileSync(join(distDir, 'loader.js'), STUB_LOADER);
  process.env['PLAUDIT_DIST_DIR'] = distDir;
  const { edge } = await import('../../rollup.config.ts');
  const bundle = await rollup(edge);
  await bundle.write(edge.output);
  await bundle.close();
  return edge.output.file ?? '';
}
