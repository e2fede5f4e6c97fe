/** `npm run bench [-- NAME …]`: prints what the parts cost, as ratios to a baseline of the same run. */
import { withToolchain } from '../scripts/toolchain.mjs';

withToolchain(import.meta.url, async () => {
  const { runBenchmarks } = await import('./benchmarks.ts');
  await runBenchmarks(process.argv.slice(2));
}).catch((/** @type {unknown} */ error) => {
  console.error(error);
  process.exitCode = 1;
});
