/**
 * `node bench/conformance/run.mjs [DIST]`: the built edge on plain workerd against the public suite for HTTP caches.
 * Prints passes by kind beside those that the suite publishes for others, and fails when a test
 * fails that is not in `expected-failures.json`, or passes although it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEdge } from '../../edge/serve/start-edge.mjs';
import { findFreePort } from '../../scripts/stack.mjs';
import { plainFetch } from './plain-fetch.mjs';
import { bringSuite, loadPeers, loadTests, runSuite, startSuiteServer } from './suite.mjs';
import { count, isHonoured, kindOf } from './tally.mjs';

const CACHE_DIR = fileURLToPath(new URL('../../.cache/conformance', import.meta.url));
const EXPECTED_FILE = fileURLToPath(new URL('expected-failures.json', import.meta.url));
const KINDS = /** @type {const} */ (['required', 'optimal', 'check']);

/** @typedef {import('./suite.mjs').Results} Results */

/**
 * @param {string} suiteDir
 * @returns {Promise<Results>}
 */
async function measure(suiteDir) {
  const port = await findFreePort();
  const server = await startSuiteServer(suiteDir, port, join(CACHE_DIR, 'server.pid'));
  const edge = await startEdge({
    origin: server.url,
    proxy: true,
    storeCookies: true,
    ...(distDir && { distDir }),
  });
  try {
    return await runSuite(suiteDir, edge.url, plainFetch);
  } finally {
    await edge.stop();
    server.stop();
  }
}

/**
 * @param {Map<string, import('./suite.mjs').Test>} tests
 * @param {string} name
 * @param {Results} results
 */
function printRow(tests, name, results) {
  const cells = KINDS.map((kind) => {
    const { raw, honoured, total } = count(tests, results, kind);
    return `${honoured}/${total} (raw ${raw})`.padEnd(22);
  });
  console.log(`${name.padEnd(14)} ${cells.join(' ')}`);
}

const [distDir] = process.argv.slice(2);
const suiteDir = bringSuite(CACHE_DIR);
const groups = await loadTests(suiteDir);
const tests = new Map(
  groups
    .flatMap((group) => group.tests)
    .filter((test) => !test.browser_only)
    .map((test) => [test.id, test]),
);
const results = await measure(suiteDir);
writeFileSync(join(CACHE_DIR, 'results.json'), JSON.stringify(results, null, 2));

console.log('Passes with dependencies honoured:\n');
console.log(`${''.padEnd(14)} ${KINDS.map((kind) => kind.padEnd(22)).join(' ')}`);
printRow(tests, 'Plaudit', results);
for (const peer of await loadPeers(suiteDir)) printRow(tests, peer.name, peer.results);

/** @type {Record<string, string>} */
const expected = JSON.parse(readFileSync(EXPECTED_FILE, 'utf8'));
const failing = [...tests.values()].filter(
  (test) => kindOf(test) !== 'check' && !isHonoured(tests, results, test.id),
);
const surprises = failing.filter(({ id }) => !(id in expected));
const recovered = Object.keys(expected).filter((id) => !failing.some((test) => test.id === id));
for (const test of surprises) {
  const result = results[test.id];
  const why = result === true ? 'a test it builds on fails' : result?.[1];
  console.log(`\n✘ ${kindOf(test)} ${test.id}: ${test.name}\n  ${why}`);
}
for (const id of recovered)
  console.log(`\n✔ ${id} passes now: take it out of the expected failures`);
process.exitCode = surprises.length + recovered.length > 0 ? 1 : 0;
