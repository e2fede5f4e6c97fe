/**
 * Runs the built edge on plain workerd: our self-hosted distribution, and what tests and benchmarks
 * measure. Nothing stands between a client and the Worker.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { findWorkerd } from './find-workerd.mjs';
import { toWorkerdConfig } from './workerd-config.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 5_000;
const MEMORY_DEFAULT = '64MB';
/** workerd writes its events as JSON lines to this file descriptor. */
const CONTROL_FD = 3;

/**
 * @typedef {object} EdgeOptions
 * @property {string} origin base URL of the origin
 * @property {number} [port] 0 (the default) takes a free one
 * @property {string} [host] 127.0.0.1 by default
 * @property {string} [purgeSecret] without one, every purge is refused
 * @property {string} [purgeSecretPrevious] valid beside it during a rotation
 * @property {string} [memory] for answers, such as `256MB`; 64MB by default
 * @property {string} [clientAddressHeader] set by a trusted server in front to the visitor's address
 * @property {string} [traceRatio] share of the questions to the origin that are traced, from 0 to 1
 * @property {boolean} [proxy] whether paths that are not Plaudit's own are proxied through the cache
 * @property {boolean} [storeCookies] whether the proxy stores answers with `Set-Cookie` as well
 * @property {string} [distDir] the build to run
 * @property {(line: string) => void} [log] gets what workerd says
 */

/**
 * @typedef {object} Edge
 * @property {string} url where it answers
 * @property {number | undefined} pid
 * @property {Promise<void>} exited resolves when the process is gone, for whatever reason
 * @property {() => Promise<void>} stop ends it and waits until it is gone
 */

/**
 * Starts an edge; resolves when it answers.
 * @param {EdgeOptions} options
 * @returns {Promise<Edge>}
 * @throws {Error} when there is no build, no workerd, or the port is taken
 */
export async function startEdge(options) {
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-edge-'));
  try {
    const config = writeConfig(folder, options);
    return await run(config, options, () => rmSync(folder, { recursive: true, force: true }));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {EdgeOptions} options
 * @returns {string} the path of the configuration
 */
function writeConfig(folder, options) {
  const { origin, port = 0, host = '127.0.0.1', memory = MEMORY_DEFAULT } = options;
  const memoryBytes = toBytes(memory);
  const dist = resolve(ROOT, options.distDir ?? 'dist');
  const worker = join(dist, 'edge', 'worker.js');
  if (!existsSync(worker)) throw new Error(`there is no ${worker}: build first (npm run build)`);
  const assetsDir = join(dist, 'public');
  mkdirSync(assetsDir, { recursive: true });
  copyFileSync(worker, join(folder, 'worker.js'));
  const vars = {
    ORIGIN_URL: origin,
    PURGE_SECRET: options.purgeSecret,
    PURGE_SECRET_PREVIOUS: options.purgeSecretPrevious,
    CACHE_MEMORY_BYTES: String(memoryBytes),
    CLIENT_ADDRESS_HEADER: options.clientAddressHeader,
    TRACE_RATIO: options.traceRatio,
    PROXY: options.proxy ? 'on' : undefined,
    PROXY_STORES_COOKIES: options.storeCookies ? 'on' : undefined,
  };
  const path = join(folder, 'edge.capnp');
  const text = toWorkerdConfig({
    worker: 'worker.js',
    assetsDir,
    address: `${host}:${port}`,
    memoryBytes,
    vars: Object.fromEntries(
      Object.entries(vars).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  // The purge secret is in it.
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/**
 * @param {string} config
 * @param {EdgeOptions} options
 * @param {() => void} cleanUp
 * @returns {Promise<Edge>}
 */
async function run(config, { host = '127.0.0.1', log = () => {} }, cleanUp) {
  const child = spawn(findWorkerd(), ['serve', `--control-fd=${CONTROL_FD}`, config], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-4000);
      log(text.trimEnd());
    });
  }
  /** @type {Promise<void>} */
  const exited = new Promise((done) => {
    child.once('exit', () => {
      cleanUp();
      done();
    });
  });
  const stop = () => end(child, exited);
  const port = await untilListening(child, exited);
  if (port === undefined) {
    await stop();
    throw new Error(`workerd did not start:\n${said}`);
  }
  return { url: `http://${host}:${port}`, pid: child.pid, exited, stop };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<void>} exited
 * @returns {Promise<number | undefined>} the port; `undefined` when there will be none
 */
function untilListening(child, exited) {
  return new Promise((done) => {
    const timer = setTimeout(() => done(undefined), READY_DEADLINE_MS);
    const finish = (/** @type {number | undefined} */ port) => {
      clearTimeout(timer);
      done(port);
    };
    void exited.then(() => finish(undefined));
    const control = child.stdio[CONTROL_FD];
    if (!(control instanceof Readable)) throw new TypeError('workerd has no control channel');
    let events = '';
    control.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      events += text;
      for (const line of events.split('\n').slice(0, -1)) {
        const event = JSON.parse(line);
        if (event.event === 'listen' && event.socket === 'http') finish(event.port);
      }
      events = events.slice(events.lastIndexOf('\n') + 1);
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<void>} exited
 */
async function end(child, exited) {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(timer);
}

const UNITS = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/**
 * @param {string} memory a number and a unit
 * @returns {number} bytes
 * @throws {Error} when it is neither
 */
export function toBytes(memory) {
  const [, amount, unit = 'B'] = /^(\d+)\s*(B|KB|MB|GB)?$/i.exec(memory.trim()) ?? [];
  if (!amount || Number(amount) === 0) throw new Error(`not an amount of memory: ${memory}`);
  return Number(amount) * UNITS[/** @type {keyof typeof UNITS} */ (unit.toUpperCase())];
}
