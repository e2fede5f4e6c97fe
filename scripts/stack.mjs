/**
 * Starts and stops the parts of Plaudit as separate processes, for `npm start` and for the tests of
 * the whole line. Each part is ready when it answers, and gone when `stop()` resolves.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, toolEnvironment } from './toolchain.mjs';

export { startEdge } from '../edge/serve/start-edge.mjs';

const READY_DEADLINE_MS = 60_000;
const READY_POLL_MS = 25;
const STOP_DEADLINE_MS = 10_000;
const OUTPUT_TAIL_LENGTH = 4000;
const SOURCE = '--conditions=@plaudit/source';

/**
 * @typedef {object} Part
 * @property {string} url where it answers
 * @property {number | undefined} pid
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} stop asks it to stop and waits until it has
 */

/** @returns {Promise<number>} a port of 127.0.0.1 that was free a moment ago */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether something already listens there
 */
export async function isPortTaken(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.on('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}

/**
 * @param {string} url
 * @param {() => boolean} isGone
 */
async function untilAnswers(url, isGone) {
  const giveUpAt = Date.now() + READY_DEADLINE_MS;
  while (Date.now() < giveUpAt && !isGone()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(READY_POLL_MS);
  }
  throw new Error(`${url} did not answer`);
}

/**
 * @param {string} name
 * @param {string[]} args of Node
 * @param {Record<string, string>} env
 * @param {{ url: string, readyPath: string, logDir: string }} options
 * @returns {Promise<Part>}
 */
async function startNode(name, args, env, { url, readyPath, logDir }) {
  mkdirSync(logDir, { recursive: true });
  const log = createWriteStream(join(logDir, `${name}.log`), { flags: 'a' });
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...toolEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      tail = (tail + chunk).slice(-OUTPUT_TAIL_LENGTH);
      log.write(chunk);
    });
  }
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    child.on('exit', () => resolve());
  });
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (!isGone()) child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
    await exited;
    clearTimeout(killer);
    log.end();
  };
  try {
    await untilAnswers(`${url}${readyPath}`, isGone);
  } catch {
    await stop();
    throw new Error(`The ${name} did not start. It last said:\n${tail}`);
  }
  return { url, pid: child.pid, exited, stop };
}

/**
 * @param {{ port: number, dataDir: string, purgeUrls?: string[], purgeSecret: string, env?: Record<string, string> }} options
 * @returns {Promise<Part>}
 */
export function startOrigin({ port, dataDir, purgeUrls = [], purgeSecret, env = {} }) {
  return startNode(
    'origin',
    [SOURCE, join(root, 'origin/src/cli/main.ts'), 'serve'],
    {
      ORIGIN_PORT: String(port),
      DATA_DIR: dataDir,
      EDGE_PURGE_URLS: purgeUrls.join(','),
      PURGE_SECRET: purgeSecret,
      ...env,
    },
    { url: `http://127.0.0.1:${port}`, readyPath: '/healthz', logDir: join(dataDir, 'logs') },
  );
}

/**
 * @param {{ port: number, edgeUrl: string, appKey: string, logDir: string, env?: Record<string, string> }} options
 * @returns {Promise<Part>}
 */
export function startStore({ port, edgeUrl, appKey, logDir, env = {} }) {
  return startNode(
    'store',
    [SOURCE, join(root, 'examples/demo-store/src/server.ts')],
    { STORE_PORT: String(port), EDGE_URL: edgeUrl, APP_KEY: appKey, ...env },
    { url: `http://127.0.0.1:${port}`, readyPath: '/', logDir },
  );
}

/**
 * Runs one command of the origin's command line to its end.
 * @param {string[]} args
 * @param {{ dataDir: string, quiet?: boolean, env?: Record<string, string> }} options
 * @returns {Promise<string>} what it printed on standard output
 */
export async function runPlaudit(args, { dataDir, quiet = false, env = {} }) {
  const child = spawn(process.execPath, [SOURCE, join(root, 'origin/src/cli/main.ts'), ...args], {
    cwd: root,
    env: { ...toolEnvironment(), DATA_DIR: dataDir, ...env },
    stdio: /** @type {const} */ (['ignore', 'pipe', quiet ? 'pipe' : 'inherit']),
  });
  let printed = '';
  let complaints = '';
  child.stdout?.on('data', (chunk) => (printed += chunk));
  child.stderr?.on('data', (chunk) => (complaints += chunk));
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`plaudit ${args[0]} failed.\n${complaints}${printed}`);
  return printed;
}
