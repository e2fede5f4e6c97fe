/**
 * `npm run size`: bytes of what visitors download, against the budgets. Brotli at level 11, which is
 * how the chunks are really stored and served. 1 KB is 1,000 bytes; 14.6 KB is what a new connection
 * carries in its first window (10 segments of 1,460 bytes). Ends with 1 when something is too heavy.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

/**
 * Each row is what one download, or a group of downloads, may weigh.
 * @type {{ name: string, files: Buffer[], budget: number }[]}
 */
const rows = [
  { name: 'loader with ratings', files: [loader], budget: 2500 },
  {
    name: 'loader that carries reviews, without them',
    files: [read('dist/carrying-loader.js')],
    budget: 2700,
  },
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
];

let failed = false;
console.log('raw      gzip     brotli   budget');
for (const { name, files, budget } of rows) {
  /** @param {(bytes: Buffer) => number} weigh */
  const sum = (weigh) => files.reduce((total, bytes) => total + weigh(bytes), 0);
  const brotli = sum((bytes) => brotliCompressSync(bytes).byteLength);
  const figures = [
    sum((bytes) => bytes.byteLength),
    sum((bytes) => gzipSync(bytes, { level: 9 }).byteLength),
    brotli,
    budget,
  ];
  const fits = brotli <= budget;
  failed ||= !fits;
  console.log(
    `${figures.map((figure) => String(figure).padEnd(8)).join(' ')} ${fits ? '✔' : '✘ too heavy:'} ${name}`,
  );
}
process.exitCode = failed ? 1 : 0;
