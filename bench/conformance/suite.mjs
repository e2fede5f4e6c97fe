/**
 * Brings the public suite http-tests/cache-tests and runs its server. It is not a dependency: its own
 * would put an old npm in everyone's path, and nothing but this script needs it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const VERSION = '0.4.5';
const SHA512 =
  'DjuwN9nUZXLTW+wav1LRESCZNVxl8SshwOy4z1pxuWbWt5/ay6sM9QQ1lebBaDO6P1IMBoK6mdf+PuVP/QNL8A==';

/**
 * @typedef {object} Test
 * @property {string} id
 * @property {string} name
 * @property {'required' | 'optimal' | 'check'} [kind] required where absent
 * @property {string[]} [depends_on]
 * @property {boolean} [browser_only]
 *
 * @typedef {true | [kind: string, why: string]} Result
 * @typedef {Record<string, Result>} Results
 * @typedef {{ name: string, file: string, type: string, version: string }} Peer
 * @typedef {(url: string, init?: { method?: string, headers?: [string, string][], body?: string }) => Promise<unknown>} Fetch
 */

/**
 * Fetches the suite once, as published and unchanged.
 * @param {string} cacheDir
 * @returns {string} its folder
 */
export function bringSuite(cacheDir) {
  const folder = join(cacheDir, `http-cache-tests-${VERSION}`);
  if (existsSync(join(folder, 'package', 'tests'))) return join(folder, 'package');
  mkdirSync(folder, { recursive: true });
  const pack = ['pack', `http-cache-tests@${VERSION}`, '--silent', '--pack-destination', folder];
  const name = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
  const archive = join(folder, name);
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (digest !== SHA512) throw new Error(`${name} is not the suite as it was published`);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return join(folder, 'package');
}

/**
 * @param {string} suiteDir
 * @param {string} file
 * @returns {Promise<any>} what the module exports // any: the suite has no types
 */
const load = (suiteDir, file) => import(pathToFileURL(join(suiteDir, file)).href);

/**
 * @param {string} suiteDir
 * @returns {Promise<{ name: string, tests: Test[] }[]>} for shared caches
 */
export async function loadTests(suiteDir) {
  const { default: groups } = await load(suiteDir, 'tests/index.mjs');
  return groups;
}

/**
 * @param {string} suiteDir
 * @returns {Promise<(Peer & { results: Results })[]>} what others published with this suite
 */
export async function loadPeers(suiteDir) {
  const { default: peers } = await load(suiteDir, 'results/index.mjs');
  return peers
    .filter((/** @type {Peer} */ { type }) => type !== 'browser')
    .map((/** @type {Peer} */ peer) => ({
      ...peer,
      results: JSON.parse(readFileSync(join(suiteDir, 'results', peer.file), 'utf8')),
    }));
}

/**
 * @param {string} suiteDir
 * @param {string} base the cache under test
 * @param {Fetch} fetch
 * @returns {Promise<Results>}
 */
export async function runSuite(suiteDir, base, fetch) {
  const groups = await loadTests(suiteDir);
  const { runTests, getResults } = await load(suiteDir, 'client/runner.mjs');
  await runTests(groups, fetch, false, base);
  return getResults();
}

/**
 * @param {string} suiteDir
 * @param {number} port
 * @param {string} pidFile
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startSuiteServer(suiteDir, port, pidFile) {
  const child = spawn(process.execPath, ['server/server.mjs'], {
    cwd: suiteDir,
    env: {
      ...process.env,
      npm_config_protocol: 'http',
      npm_config_port: String(port),
      npm_config_pidfile: pidFile,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the suite’s server did not start')));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}
