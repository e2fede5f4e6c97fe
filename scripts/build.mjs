/** Runs the build when a source is newer than what was built last; otherwise takes no time. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, toolEnvironment } from './toolchain.mjs';

const INPUTS = ['contract/src', 'sdk/src', 'widgets/src', 'edge/src'];
const FILES = [
  'rollup.config.ts',
  'scripts/build-plugins.ts',
  'scripts/carried-parts.ts',
  'scripts/classic-script.ts',
  'scripts/stream-starts.ts',
  'package-lock.json',
];
const STAMP = join(root, 'dist', 'stamp');

/** One hash over the names and contents of everything the build reads. */
function hashInputs() {
  const hash = createHash('sha256');
  const sources = INPUTS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...sources.toSorted(), ...FILES.map((name) => join(root, name))]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @returns {string | undefined} the hash of what was built last */
function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string[]} args */
async function rollup(...args) {
  const child = spawn('rollup', ['--config', 'rollup.config.ts', '--silent', ...args], {
    cwd: root,
    env: toolEnvironment(),
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The build failed; what rollup said stands above.');
}

/**
 * Builds loader, chunks and Worker into `dist/`.
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function build() {
  const inputs = hashInputs();
  if (readStamp() === inputs) return false;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await rollup();
  writeFileSync(STAMP, inputs);
  return true;
}

/** Builds the npm packages into `sdk/dist/` and `edge/http-cache/dist/`, and the SDK's reference. */
export async function buildPackages() {
  await rollup('--configPackages');
  const { writeSdkReference } = await import('./sdk-reference.mjs');
  writeSdkReference();
}
