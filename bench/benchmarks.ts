/** Every benchmark by its name. */
import { measureCollapsing } from './edge/collapse.ts';
import { measureHitRatio } from './edge/hit-ratio.ts';
import { measureBatches, measureHits } from './edge/hit.ts';
import { measureMemory } from './edge/memory.ts';
import { measureMisses } from './edge/miss.ts';
import { measureSoak } from './edge/soak.ts';
import { measurePageLoads } from './page-load/page-load.ts';
import { measureApiCache } from './origin/api-cache.ts';
import { measureDatabase } from './origin/database.ts';
import { measureImport, measureImportMemory } from './origin/import.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  hit: measureHits,
  batch: measureBatches,
  miss: measureMisses,
  collapse: measureCollapsing,
  'hit-ratio': measureHitRatio,
  memory: measureMemory,
  soak: measureSoak,
  'api-cache': measureApiCache,
  database: measureDatabase,
  import: measureImport,
  'import-memory': measureImportMemory,
  'page-load': measurePageLoads,
};

/**
 * Runs the named ones, or all, one after another.
 * @throws {Error} where there is none of that name
 */
export async function runBenchmarks(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    throw new Error(`no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  }
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (names.length === 0 || names.includes(name)) await run();
  }
}
