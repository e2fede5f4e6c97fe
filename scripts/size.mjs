/**
 * `npm run size`: bytes of what visitors download, against the budgets. Brotli at level 11, which is
 * how the chunks are really stored and served. 1 KB is 1,000 bytes; 14.6 KB is what a new connection
 * carries in its first window (10 segments of 1,460 bytes). Ends with 1 when something is too heavy.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { DEFAULT_SETTINGS, productReviewsPath } from '@plaudit/contract';
import { bakeLoader, encoded, toScript } from '../edge/src/storefront/loader.ts';
import { SETTINGS } from './classic-script.ts';
import { brotliStart, gzipStart } from './stream-starts.ts';
import { root } from './toolchain.mjs';

const assets = join(root, 'dist/public/assets');

/** @param {string} path */
const read = (path) => readFileSync(join(root, path));
/** @param {string} name */
const chunk = (name) => {
  const file = readdirSync(assets).find(
    (entry) => entry.startsWith(`${name}-`) && entry.endsWith('.js'),
  );
  if (!file) throw new Error(`There is no chunk ${name} in dist/public/assets.`);
  return readFileSync(join(assets, file));
};

/**
 * An answer of the reviews call with ten reviews of some 320 characters, the mean of a public set of
 * 23,486 real ones, in the shape the origin writes. Real first pages were measured at 1.6 to 2.5 KB.
 */
const tenReviews = read('scripts/size/ten-reviews.json');
const loader = read('dist/loader.js');
const reviews = chunk('reviews');

/** What the edge sends for `plaudit.js?product=`, the settings and the ten reviews in it and all. */
async function sendCarrying() {
  const text = read('dist/carrying-loader.js').toString();
  const start = text.slice(0, text.indexOf(SETTINGS));
  const script = toScript(text, { br: await brotliStart(start), gzip: await gzipStart(start) });
  const page = JSON.parse(tenReviews.toString());
  const product = page.reviews[0].productId;
  const loader = await bakeLoader(
    { plain: script, carrying: script, adopting: script },
    new TextEncoder().encode(JSON.stringify(DEFAULT_SETTINGS)).buffer,
    { carried: { product, path: productReviewsPath('demo', product), page } },
  );
  return /** @type {const} */ (['identity', 'gzip', 'br']).map(
    (coding) => encoded(loader, coding).body.byteLength,
  );
}

/**
 * Each row is what one download, or a group of downloads, may weigh; `sent` where that is known.
 * @type {{ name: string, files?: Buffer[], sent?: number[], budget: number }[]}
 */
const rows = [
  { name: 'loader with ratings', files: [loader], budget: 2500 },
  {
    name: 'loader that adopts markup, without reviews',
    files: [read('dist/adopting-loader.js')],
    budget: 4000,
  },
  { name: 'reviews chunk with Preact and styles', files: [reviews], budget: 10_000 },
  ...[
    'ask-form',
    'badge',
    'carousel',
    'carried-filters',
    'carried-form',
    'carried-later',
    'carried-pages',
    'carried-uploads',
    'filters',
    'form',
    'gallery',
    'highlights',
    'histogram',
    'pages',
    'questions',
    'review-form',
    'summary',
    'tab',
    'later',
    'uploads',
    'votes',
  ].map((name) => ({
    name: `${name} chunk`,
    files: [chunk(name)],
    budget: 4000,
  })),
  {
    name: 'product page: script, chunk, ten reviews',
    files: [loader, reviews, tenReviews],
    budget: 14_600,
  },
  {
    name: 'product page: script that carries it, as sent',
    sent: await sendCarrying(),
    budget: 14_600,
  },
];

let failed = false;
console.log('raw      gzip     brotli   budget');
for (const { name, files = [], sent, budget } of rows) {
  /** @param {(bytes: Buffer) => number} weigh */
  const sum = (weigh) => files.reduce((total, bytes) => total + weigh(bytes), 0);
  const figures = sent ?? [
    sum((bytes) => bytes.byteLength),
    sum((bytes) => gzipSync(bytes, { level: 9 }).byteLength),
    sum((bytes) => brotliCompressSync(bytes).byteLength),
  ];
  const fits = (figures[2] ?? Infinity) <= budget;
  failed ||= !fits;
  console.log(
    `${[...figures, budget].map((figure) => String(figure).padEnd(8)).join(' ')} ${fits ? '✔' : '✘ too heavy:'} ${name}`,
  );
}
process.exitCode = failed ? 1 : 0;
