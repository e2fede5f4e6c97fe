/**
 * Builds, in this order because each needs the one before it:
 *   1. widget chunks  → dist/public/assets/NAME-HASH.js (immutable, with .br and .gz beside each)
 *   2. loader         → dist/loader.js (knows the chunks' names; the edge bakes settings into it)
 *   3. edge Worker    → dist/edge/worker.js (holds the loader's text)
 *   4. SDK            → sdk/dist (what npm publishes)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import type { Plugin, RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const PUBLIC_DIR = 'dist/public';
const CHUNKS_FILE = 'dist/chunks.json';
const LOADER_FILE = 'dist/loader.js';

const resolve = () =>
  nodeResolve({
    exportConditions: ['@plaudit/source', 'browser'],
    extensions: ['.ts', '.tsx', '.js'],
  });
const transpile = () =>
  esbuild({ target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact', tsconfig: false });

/**
 * Properties named `_private` are ours alone and never cross from loader to chunk (two separate
 * builds), so they may be renamed. Preact's own are shipped renamed already and start with two.
 */
const minify = () =>
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true },
    mangle: { properties: { regex: /^_[a-z]/ } },
    format: { comments: false },
  });

/** Writes the chunks' hashed names where the loader's build finds them. */
function recordChunks(): Plugin {
  return {
    name: 'record-chunks',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
      const names = Object.fromEntries(chunks.map((file) => [file.name, basename(file.fileName)]));
      writeFileSync(CHUNKS_FILE, `${JSON.stringify(names, null, 2)}\n`);
    },
  };
}

/** `import { reviews } from 'virtual:chunks'`: each chunk's path, relative to the loader's address. */
function chunkPaths(): Plugin {
  return {
    name: 'chunk-paths',
    resolveId: (source) => (source === 'virtual:chunks' ? `\0${source}` : null),
    load(id) {
      if (id !== '\0virtual:chunks') return null;
      const names = JSON.parse(readFileSync(CHUNKS_FILE, 'utf8')) as Record<string, string>;
      return Object.entries(names)
        .map(([name, file]) => `export const ${name} = '../assets/${file}';`)
        .join('\n');
    },
  };
}

/** `import loaderScript from 'virtual:loader'`: the built loader as text. */
function loaderText(): Plugin {
  return {
    name: 'loader-text',
    resolveId: (source) => (source === 'virtual:loader' ? `\0${source}` : null),
    load: (id) =>
      id === '\0virtual:loader'
        ? `export default ${JSON.stringify(readFileSync(LOADER_FILE, 'utf8'))};`
        : null,
  };
}

/** Static files are compressed once, at the highest level, instead of at every request. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    writeBundle({ dir = '.' }, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const path = join(dir, fileName);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

mkdirSync('dist', { recursive: true });

const chunks: RollupOptions = {
  input: { reviews: 'widgets/src/reviews/index.ts' },
  plugins: [resolve(), transpile(), minify(), recordChunks(), precompress()],
  output: {
    dir: PUBLIC_DIR,
    format: 'es',
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  },
};

const loader: RollupOptions = {
  input: 'widgets/src/loader.ts',
  plugins: [chunkPaths(), resolve(), transpile(), minify()],
  // A classic script, so that one `async` tag is all a shop pastes; `import()` works in those too.
  output: { file: LOADER_FILE, format: 'iife' },
};

const edge: RollupOptions = {
  input: 'edge/src/worker.ts',
  external: [/^cloudflare:/],
  plugins: [
    loaderText(),
    nodeResolve({
      exportConditions: ['@plaudit/source', 'workerd', 'worker'],
      extensions: ['.ts', '.js'],
    }),
    transpile(),
  ],
  output: { file: 'dist/edge/worker.js', format: 'es' },
};

const sdk: RollupOptions[] = [
  {
    input: 'sdk/src/index.ts',
    plugins: [resolve(), transpile()],
    output: { file: 'sdk/dist/index.js', format: 'es' },
  },
  {
    input: 'sdk/src/index.ts',
    plugins: [
      dts({
        respectExternal: true,
        includeExternal: ['@plaudit/contract'],
        tsconfig: 'sdk/tsconfig.json',
      }),
    ],
    output: { file: 'sdk/dist/index.d.ts', format: 'es' },
  },
];

export default [chunks, loader, edge, ...sdk];
