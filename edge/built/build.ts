/** Builds the Worker once for the whole suite, and throws it away afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import type { TestProject } from 'vitest/node';
import { buildInto } from '../../rollup.config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    distDir: string;
  }
}

/** The smallest script that settings can be baked into. */
const STUB_LOADER = 'globalThis.plaudit = Object.freeze(__PLAUDIT_SETTINGS__);\n';

export default async function setup(project: TestProject): Promise<() => void> {
  const distDir = mkdtempSync(join(tmpdir(), 'plaudit-edge-built-'));
  mkdirSync(join(distDir, 'public', 'assets'), { recursive: true });
  for (const name of ['loader.js', 'carrying-loader.js', 'adopting-loader.js']) {
    writeFileSync(join(distDir, name), STUB_LOADER);
  }
  writeFileSync(join(distDir, 'public', 'assets', 'chunk-1.js'), 'export {};\n');
  await buildWorker(distDir);
  project.provide('distDir', distDir);
  return () => rmSync(distDir, { recursive: true, force: true });
}

async function buildWorker(distDir: string): Promise<void> {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  const { edge } = buildInto(distDir);
  const bundle = await rollup(edge);
  await bundle.write(edge.output);
  await bundle.close();
}
