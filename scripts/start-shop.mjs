/** Which shop `npm start` shows, and how an empty database comes to hold it. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runPlaudit } from './stack.mjs';
import { root } from './toolchain.mjs';

/**
 * The secret that origin and edge of this machine share, made once.
 * @param {string} dataDir
 */
export function readPurgeSecret(dataDir) {
  const file = join(dataDir, 'purge-secret');
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/**
 * What the store will show: the demo shop, or a shop of its own for each set of imported files.
 * @param {string} dataDir
 * @param {import('./start-options.mjs').StartOptions} options
 */
export function planShop(dataDir, { files, importerArgs, credit }) {
  if (files.length === 0) {
    const reviews = join(root, 'examples/demo-store/data/reviews.jsonl');
    return {
      what: 'the demo shop',
      appKey: 'demo',
      hasOwnCatalogue: true,
      importArgs: [reviews],
      marker: join(dataDir, 'demo.seeded'),
      storeEnv: {},
    };
  }
  const identity = files.map((file) => [file, statSync(file).size, statSync(file).mtimeMs]);
  const hash = createHash('sha256')
    .update(JSON.stringify([identity, importerArgs]))
    .digest('hex');
  const appKey = `imported-${hash.slice(0, 8)}`;
  const catalogue = join(dataDir, `${appKey}.jsonl`);
  const notice =
    `This shop shows reviews imported from ${files.map((file) => basename(file)).join(', ')}. ` +
    'Names and dates which the file does not hold were made up for this demo.';
  return {
    what: 'the imported reviews',
    appKey,
    hasOwnCatalogue: false,
    importArgs: [...files, ...importerArgs, '--invent-missing'],
    marker: catalogue,
    storeEnv: { CATALOGUE: catalogue, STORE_NOTICE: credit ? `${notice} ${credit}` : notice },
  };
}

/**
 * Fills the database, once: the marker says that it was done. For imported files it is the catalogue
 * that the store reads.
 * @param {ReturnType<typeof planShop>} plan
 * @param {string} dataDir
 */
export async function fillShop({ appKey, importArgs, marker, hasOwnCatalogue }, dataDir) {
  await runPlaudit(['import', ...importArgs, '--shop', appKey, '--create-shop'], { dataDir });
  const products = hasOwnCatalogue
    ? ''
    : await runPlaudit(['product', 'list', '--shop', appKey, '--json'], { dataDir });
  writeFileSync(marker, products);
}
