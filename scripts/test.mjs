/**
 * `npm test`: everything that decides whether a change may land, in one command, quick checks first.
 * Installs what is missing (packages, browsers); `--only NAME` runs a single step.
 */
import { spawn } from 'node:child_process';
import { ensureBrowser, ensureFirefox } from './browser.mjs';
import { root, toolEnvironment, withToolchain } from './toolchain.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command
 */

/** @type {Step[]} */
const STEPS = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  // By its path: of two compilers that call themselves tsc, npm may link the slower one.
  { name: 'types', command: ['node', 'node_modules/typescript/bin/tsc', '--build', '--noEmit'] },
  { name: 'unused', command: ['knip'] },
  { name: 'unlisted', command: ['knip', '--strict', '--include', 'unlisted'] },
  { name: 'docs', command: ['node', 'scripts/check-docs.mjs'] },
  { name: 'build', command: ['node', 'scripts/build-cli.mjs'] },
  { name: 'size', command: ['node', 'scripts/size.mjs'] },
  ...['sdk', 'edge/http-cache'].flatMap((folder) => [
    { name: 'package', command: ['publint', folder, '--strict'] },
    { name: 'types-package', command: ['attw', '--pack', folder, '--profile', 'esm-only'] },
  ]),
  ...['staging', 'production'].map((environment) => ({
    name: 'worker',
    command: ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/deploy', '--env', environment],
  })),
  { name: 'tests', command: ['vitest', 'run'] },
];

/**
 * @param {Step} step
 * @returns {Promise<boolean>} whether it passed
 */
async function run({ name, command: [tool = '', ...args] }) {
  const startedAt = performance.now();
  console.log(`\n▶ ${name}: ${[tool, ...args].join(' ')}`);
  const child = spawn(tool, args, {
    cwd: root,
    env: { ...toolEnvironment(), WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', resolve);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(code === 0 ? `✔ ${name} (${seconds} s)` : `✘ ${name} failed (${seconds} s)`);
  return code === 0;
}

await withToolchain(import.meta.url, async () => {
  const args = process.argv.slice(2);
  const only = args[0] === '--only' ? args[1] : undefined;
  const steps = STEPS.filter(({ name }) => only === undefined || name === only);
  if (steps.length === 0) {
    console.error(
      `There is no step ${only}; there are ${STEPS.map(({ name }) => name).join(', ')}.`,
    );
    process.exit(2);
  }
  if (steps.some(({ name }) => name === 'tests')) {
    ensureBrowser();
    ensureFirefox();
  }
  for (const step of steps) {
    if (!(await run(step))) {
      console.error(`\nStopped at ${step.name}. Formatting and many lint findings: npm run fix.`);
      process.exit(1);
    }
  }
  console.log('\nAll checks passed.');
});
