/**
 * Builds, in this order because each needs the one before it:
 *   1. widget chunks  → dist/public/assets/NAME-HASH.js (immutable, with .br and .gz beside each)
 *   2. translations   → dist/public/assets/LANGUAGE-HASH.js
 *   3. loader         → dist/loader.js (knows the chunks' names; the edge bakes settings into it)
 *   4. edge Worker    → dist/edge/worker.js (holds the loader's text)
 *   5. SDK            → sdk/dist (what npm publishes)
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import type { OutputOptions, Plugin, RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

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
    // Nothing of ours reads a property for its side effect.
    compress: { passes: 5, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
    mangle: { properties: { regex: /^_[a-z]/ } },
    format: { comments: false },
  });

/** `import css from './x.css'`: the style sheet as minified text, for a constructed style sheet. */
function cssText(): Plugin {
  return {
    name: 'css-text',
    async transform(css, id) {
      if (!id.endsWith('.css')) return null;
      const { code } = await transform(css, { loader: 'css', minify: true });
      return { code: `export default ${JSON.stringify(code.trim())};`, map: null };
    },
  };
}

/** Writes the chunks' hashed names where the loader's build finds them. */
function recordChunks(chunksFile: string): Plugin {
  return {
    name: 'record-chunks',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
      const names = Object.fromEntries(chunks.map((file) => [file.name, basename(file.fileName)]));
      writeFileSync(chunksFile, `${JSON.stringify(names, null, 2)}\n`);
    },
  };
}

/** `import { reviews } from 'virtual:chunks'`: each chunk's path at the edge. */
function chunkPaths(chunksFile: string): Plugin {
  return {
    name: 'chunk-paths',
    resolveId: (source) => (source === 'virtual:chunks' ? `\0${source}` : null),
    load(id) {
      if (id !== '\0virtual:chunks') return null;
      const names = JSON.parse(readFileSync(chunksFile, 'utf8')) as Record<string, string>;
      return [
        ...Object.entries(names).map(([name, file]) => `export const ${name} = '/assets/${file}';`),
        `export const languages = /^(?:${LANGUAGES.join('|')})\\b/;`,
        `export const translationSuffix = '${TRANSLATION_SUFFIX}';`,
      ].join('\n');
    },
  };
}

/** `import loaderScript from 'virtual:loader'`: the built loader as text. */
function loaderText(loaderFile: string): Plugin {
  return {
    name: 'loader-text',
    resolveId: (source) => (source === 'virtual:loader' ? `\0${source}` : null),
    load: (id) =>
      id === '\0virtual:loader'
        ? `export default ${JSON.stringify(readFileSync(loaderFile, 'utf8'))};`
        : null,
  };
}

/** What Cloudflare's Static Assets send with hashed files; on plain workerd the edge says the same. */
function assetHeaders(publicDir: string): Plugin {
  return {
    name: 'asset-headers',
    writeBundle() {
      const headers = [
        'Access-Control-Allow-Origin: *',
        'Cache-Control: public, max-age=31536000, immutable',
        'Cross-Origin-Resource-Policy: cross-origin',
        'Timing-Allow-Origin: *',
        'X-Content-Type-Options: nosniff',
      ];
      mkdirSync(publicDir, { recursive: true });
      writeFileSync(
        join(publicDir, '_headers'),
        ['/assets/*', ...headers.map((header) => `  ${header}`), ''].join('\n'),
      );
    },
  };
}

/** One hash for all languages, so that the loader need not know one for each. */
const MESSAGES_DIR = 'widgets/src/messages';
const LANGUAGES = readdirSync(MESSAGES_DIR)
  .filter((file) => /^[a-z]{2,3}\.ts$/.test(file))
  .map((file) => basename(file, '.ts'))
  .toSorted();
const TRANSLATION_SUFFIX = `-${LANGUAGES.reduce(
  (hash, language) => hash.update(readFileSync(`${MESSAGES_DIR}/${language}.ts`)),
  createHash('sha256'),
)
  .digest('base64url')
  .slice(0, 8)}.js`;

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

type Build = RollupOptions & { output: OutputOptions };

/** The parts that are served, built into one folder; tests have one of their own. */
export function buildInto(
  distDir: string,
): Record<'chunks' | 'translations' | 'loader' | 'edge', Build> {
  const publicDir = `${distDir}/public`;
  const chunksFile = `${distDir}/chunks.json`;
  const loaderFile = `${distDir}/loader.js`;
  mkdirSync(distDir, { recursive: true });
  return {
    chunks: {
      input: { reviews: 'widgets/src/reviews/index.tsx' },
      // What a lazy chunk shares with its parent stays in the parent: one file for the first view.
      preserveEntrySignatures: 'allow-extension',
      plugins: [
        cssText(),
        resolve(),
        transpile(),
        minify(),
        recordChunks(chunksFile),
        precompress(),
      ],
      output: {
        dir: publicDir,
        format: 'es',
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    },
    translations: {
      input: Object.fromEntries(
        LANGUAGES.map((language) => [language, `${MESSAGES_DIR}/${language}.ts`]),
      ),
      plugins: [resolve(), transpile(), minify(), precompress()],
      output: {
        dir: publicDir,
        format: 'es',
        entryFileNames: `assets/[name]${TRANSLATION_SUFFIX}`,
      },
    },
    loader: {
      input: 'widgets/src/loader.ts',
      plugins: [cssText(), chunkPaths(chunksFile), resolve(), transpile(), minify()],
      // A classic script, so that one `async` tag is all a shop pastes; `import()` works there too.
      output: { file: loaderFile, format: 'iife' },
    },
    edge: {
      input: 'edge/src/worker.ts',
      external: [/^cloudflare:/],
      plugins: [
        loaderText(loaderFile),
        assetHeaders(publicDir),
        nodeResolve({
          exportConditions: ['@plaudit/source', 'workerd', 'worker'],
          extensions: ['.ts', '.js'],
        }),
        transpile(),
      ],
      output: { file: `${distDir}/edge/worker.js`, format: 'es' },
    },
  };
}

const SDK_ENTRIES = { index: 'sdk/src/index.ts', server: 'sdk/src/server/index.ts' };

const sdk: RollupOptions[] = [
  {
    input: SDK_ENTRIES,
    plugins: [resolve(), transpile()],
    output: { dir: 'sdk/dist', format: 'es' },
  },
  {
    input: SDK_ENTRIES,
    plugins: [
      dts({
        respectExternal: true,
        includeExternal: ['@plaudit/contract'],
        tsconfig: 'sdk/tsconfig.json',
      }),
    ],
    output: { dir: 'sdk/dist', format: 'es', chunkFileNames: '[name].d.ts' },
  },
];

/** `rollup -c` builds what `npm start` runs; `rollup -c --configSdk` builds what npm publishes. */
export default ({ configSdk }: { configSdk?: boolean }): RollupOptions[] => {
  if (configSdk) return sdk;
  const { chunks, translations, loader, edge } = buildInto('dist');
  return [chunks, translations, loader, edge];
};
