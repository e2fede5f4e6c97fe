/**
 * Brings what a fresh clone lacks: the packages, and through them a newer Node than the machine's.
 * Runs on plain Node 20 with nothing installed, so it imports nothing but Node itself.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const NODE_MAJOR_MIN = 22;
const binaries = join(root, 'node_modules', '.bin');

/** Installs the packages when they are missing or older than the lock file. */
function installPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages (about a minute the first time) …');
  // `npm ci` refuses a lock file that leaves out a foreign platform's optional package, as happens
  // where the registry does not have it (yet); `npm install` keeps to the same locked versions.
  if (!runNpm('ci', 'ignore') && !runNpm('install', 'inherit')) {
    throw new Error('npm could not install the packages; what it said stands above.');
  }
}

/**
 * @param {'ci' | 'install'} command
 * @param {'ignore' | 'inherit'} complaints what becomes of them
 * @returns {boolean} whether it went well
 */
function runNpm(command, complaints) {
  const args = [command, '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', complaints] });
  return status === 0;
}

/** Whether this very process runs on a Node that is new enough. */
const isNodeNewEnough = () => Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN;

/** The project's own Node; there is one for Linux only. */
function findNode() {
  const own = join(binaries, 'node');
  if (existsSync(own)) return own;
  const needed = `Plaudit needs Node ${NODE_MAJOR_MIN} or newer`;
  throw new Error(`${needed} and brings it on Linux only; this is ${process.version}.`);
}

/** The environment in which the project's tools and its Node come first. */
export const toolEnvironment = () => ({
  ...process.env,
  PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}`,
});

/**
 * Installs what is missing, then runs `main` on a Node that is new enough: in this process, or by
 * starting the same script again with the project's Node.
 * @param {string} scriptUrl the caller's `import.meta.url`
 * @param {() => Promise<void>} main
 */
export async function withToolchain(scriptUrl, main) {
  installPackages();
  if (isNodeNewEnough()) return main();
  const child = spawn(findNode(), [fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: toolEnvironment(),
  });
  // The child decides when to stop: a terminal's Ctrl-C reaches it as well, and it cleans up first.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}
