/**
 * `npm start`: a working Plaudit on this machine, with nothing to set up.
 * Installs and builds what is missing, fills an empty database with the demo shop, starts origin,
 * edge and store on 127.0.0.1, and stops all of them on Ctrl-C.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, HELP, parseArguments, readPort } from './start-options.mjs';
import { root, withToolchain } from './toolchain.mjs';

/** @typedef {import('./stack.mjs').Part} Part */

/**
 * Starts the parts side by side; when one of them fails, the error is the first failure.
 * @param {Promise<Part>[]} starts
 * @param {Part[]} running receives each part as soon as it runs
 */
async function startAll(starts, running) {
  const outcomes = await Promise.allSettled(
    starts.map(async (start) => {
      running.push(await start);
    }),
  );
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

/**
 * Stops everything once, at the first signal; a second Ctrl-C does not cut the stopping short.
 * @param {Part[]} running
 */
function stopOnSignal(running) {
  let isStopping = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      console.log('\nStopping …');
      void Promise.all(running.map((part) => part.stop())).then(() => process.exit(0));
    });
  }
}

/** @param {string} text */
const say = (text) => {
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`[${seconds.padStart(5)} s] ${text}`);
};

/**
 * Fails early, and says what to do, where a part could not listen.
 * @param {Record<string, number>} ports
 * @param {(port: number) => Promise<boolean>} isTaken
 */
async function requireFreePorts(ports, isTaken) {
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isTaken(port))) continue;
    const example = `${name.toUpperCase()}_PORT=${port + 1000}`;
    fail(`Port ${port} is taken; name another one, such as ${example}.`);
  }
}

/**
 * Builds, fills and starts everything.
 * @param {import('./start-options.mjs').StartOptions} options
 * @param {Part[]} running receives each part as soon as it runs
 */
async function start(options, running) {
  const ports = {
    store: readPort('STORE_PORT', 3000),
    edge: readPort('EDGE_PORT', 8787),
    origin: readPort('ORIGIN_PORT', 8788),
  };
  const { build } = await import('./build.mjs');
  const stack = await import('./stack.mjs');
  const { fillShop, planShop, readPurgeSecret } = await import('./start-shop.mjs');
  await requireFreePorts(ports, stack.isPortTaken);

  const dataDir = resolve(process.env['DATA_DIR'] ?? join(root, '.data'));
  mkdirSync(dataDir, { recursive: true });
  const plan = planShop(dataDir, options);
  say('Building what has changed …');
  const building = build();
  if (!existsSync(plan.marker)) {
    say(`Filling the database with ${plan.what} …`);
    await Promise.all([building, fillShop(plan, dataDir)]);
  }
  await building;

  say('Starting origin, edge and store …');
  const purgeSecret = readPurgeSecret(dataDir);
  const edgeUrl = `http://127.0.0.1:${ports.edge}`;
  const originUrl = `http://127.0.0.1:${ports.origin}`;
  const logDir = join(dataDir, 'logs');
  const { appKey, storeEnv: env } = plan;
  await startAll(
    [
      stack.startOrigin({ port: ports.origin, dataDir, purgeUrls: [edgeUrl], purgeSecret }),
      stack.startEdge({ origin: originUrl, port: ports.edge, purgeSecret }),
      stack.startStore({ port: ports.store, edgeUrl, appKey, logDir, env }),
    ],
    running,
  );
  say(`Ready.

  Demo store   http://127.0.0.1:${ports.store}
  Gallery      http://127.0.0.1:${ports.store}/gallery
  Edge         ${edgeUrl}
  Origin API   ${originUrl}
  Script tag   <script async src="${edgeUrl}/${appKey}/plaudit.js"></script>

  Data and logs are kept in ${dataDir}. Ctrl-C stops everything.`);
}

await withToolchain(import.meta.url, async () => {
  const options = parseArguments(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  /** @type {Part[]} */
  const running = [];
  stopOnSignal(running);
  try {
    await start(options, running);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await Promise.all(running.map((part) => part.stop()));
    process.exit(1);
  }
});
