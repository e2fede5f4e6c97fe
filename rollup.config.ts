/**
 * Builds, in this order because each needs the one before it:
 *   1. widget chunks  → dist/public/assets/NAME-HASH.js (immutable, with .br and .gz beside each)
 *   2. translations   → dist/public/assets/LANGUAGE-HASH.js
 *   3. loaders        → dist/loader.js, dist/carrying-loader.js, dist/adopting-loader.js (know the chunks' hash; the edge bakes settings in)
 *   4. edge Worker    → dist/edge/worker.js (holds the loaders' texts)
 *   5. packages       → sdk/dist, edge/http-cache/dist (what npm publishes)
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import type { OutputOptions, Plugin, RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { cssText, LANGUAGES, resolve, transpile, widgetRenderer } from './scripts/build-plugins.ts';
import { carriedParts } from './scripts/carried-parts.ts';
import { intoFunction, SETTINGS, settingsLast } from './scripts/classic-script.ts';
import { brotliStart, gzipStart } from './scripts/stream-starts.ts';

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

/** `import { suffix } from 'virtual:chunks'`: how chunks are called that the loader asks for. */
function chunkNames(): Plugin {
  return {
    name: 'chunk-names',
    resolveId: (source) => (source === 'virtual:chunks' ? `\0${source}` : null),
    load: (id) => (id === '\0virtual:chunks' ? `export const suffix = '${SUFFIX}';` : null),
  };
}

/** `virtual:server-renderer`: the SDK's own, so that the edge says what a shop's server would. */
function serverRenderer(): Plugin {
  return {
    name: 'server-renderer',
    resolveId: (source) =>
      source === 'virtual:server-renderer' ? join(process.cwd(), 'sdk/src/server/index.ts') : null,
  };
}

/** `virtual:loader`: the loaders as text, and all before the settings as the start of a brotli and of a gzip stream. */
function loaderText(files: Record<'plain' | 'carrying' | 'adopting', string>): Plugin {
  return {
    name: 'loader-text',
    resolveId: (source) => (source === 'virtual:loader' ? `\0${source}` : null),
    async load(id) {
      if (id !== '\0virtual:loader') return null;
      const lines = [`export const languages = ${JSON.stringify(LANGUAGES)};`];
      for (const [name, file] of Object.entries(files)) {
        lines.push(`export const ${name} = ${JSON.stringify(await toScript(file))};`);
      }
      return lines.join('\n');
    },
  };
}

async function toScript(
  file: string,
): Promise<{ text: string; brotliStart: string; gzipStart: string }> {
  const text = readFileSync(file, 'utf8');
  const start = text.slice(0, text.indexOf(SETTINGS));
  const [brotli, gzip] = await Promise.all([brotliStart(start), gzipStart(start)]);
  return { text, brotliStart: brotli.toString('base64'), gzipStart: gzip.toString('base64') };
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

/**
 * The digests of all chunks, for pages that pin them with an import map's `integrity`. Named by the hash of
 * the chunks that the loader asks for; as immutable as they are, so that old lists can be compared with new ones.
 */
function digestList(publicDir: string): Plugin {
  return {
    name: 'digest-list',
    writeBundle() {
      const folder = join(publicDir, 'assets');
      const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
      const digests = names.toSorted().map((name) => {
        const digest = createHash('sha384').update(readFileSync(join(folder, name)));
        return [`/assets/${name}`, `sha384-${digest.digest('base64')}`] as const;
      });
      const file = `integrity${SUFFIX.replace(/\.js$/, '.json')}`;
      writeFileSync(join(folder, file), JSON.stringify(Object.fromEntries(digests), null, 1));
    },
  };
}

const MESSAGES_DIR = 'widgets/src/messages';
/** Everything that the chunks are made of. */
const SOURCES = ['contract/src', 'sdk/src', 'widgets/src'];
const SOURCE_FILES = [
  'package-lock.json',
  'rollup.config.ts',
  'scripts/build-plugins.ts',
  'scripts/carried-parts.ts',
];

/**
 * One hash for all chunks that the loader asks for, so that it need not know one for each: of what
 * they are made of, because one file's name must not depend on another's content.
 */
function hashSources(): string {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files.toSorted(), ...SOURCE_FILES]) {
    hash.update(file).update('\0').update(readFileSync(file));
  }
  return hash.digest('base64url').slice(0, 8);
}
const SUFFIX = `-${hashSources()}.js`;

/**
 * The widgets without a framework, each built by itself, so that none waits for a second file that
 * it shares with another.
 */
const SMALL_WIDGETS = [
  'badge',
  'carousel',
  'gallery',
  'highlights',
  'histogram',
  'questions',
  'summary',
  'tab',
];

/** Static files are compressed once, at the highest level, instead of at every request. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    writeBundle({ dir = '.' }, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!fileName.includes('assets/')) continue;
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const path = join(dir, fileName);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Where the parts of the script are that carries reviews, from the script on. */
const CARRIED_FOLDER = 'public/assets/';

type Build = RollupOptions & { output: OutputOptions };

/** The parts that are served, built into one folder; tests have one of their own. */
export function buildInto(distDir: string): Record<
  'chunks' | 'translations' | 'loader' | 'carryingLoader' | 'adoptingLoader' | 'edge',
  Build
> & {
  widgets: Build[];
} {
  const publicDir = `${distDir}/public`;
  const loaderFile = `${distDir}/loader.js`;
  const carryingFile = `${distDir}/carrying-loader.js`;
  const adoptingFile = `${distDir}/adopting-loader.js`;
  const toLoader = (input: string, file: string): Build => ({
    input,
    plugins: [cssText(), chunkNames(), resolve(), transpile(), minify(), settingsLast()],
    // A classic script, so that one `async` tag is all a shop pastes; `import()` works there too.
    output: { file, format: 'iife' },
  });
  return {
    chunks: {
      input: {
        reviews: 'widgets/src/reviews/index.tsx',
        'review-form': 'widgets/src/review-form/index.tsx',
      },
      // What a lazy chunk shares with its parent stays in the parent: one file for the first view.
      preserveEntrySignatures: 'allow-extension',
      plugins: [cssText(), resolve(), transpile(), minify(), precompress()],
      output: {
        dir: publicDir,
        format: 'es',
        entryFileNames: `assets/[name]${SUFFIX}`,
        // One hash again: a name of its own for each would cost the reviews 6 bytes a chunk.
        chunkFileNames: `assets/[name]${SUFFIX}`,
        // What the form by itself shares with the reviews stays theirs: one file for the first view.
        manualChunks: { reviews: ['widgets/src/reviews/index.tsx'] },
      },
    },
    widgets: SMALL_WIDGETS.map((name) => ({
      input: { [name]: `widgets/src/${name}/index.ts` },
      plugins: [cssText(), chunkNames(), resolve(), transpile(), minify(), precompress()],
      preserveEntrySignatures: 'allow-extension',
      output: {
        dir: publicDir,
        format: 'es',
        entryFileNames: `assets/[name]${SUFFIX}`,
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    })),
    translations: {
      input: Object.fromEntries(
        LANGUAGES.map((language) => [language, `${MESSAGES_DIR}/${language}.ts`]),
      ),
      plugins: [resolve(), transpile(), minify(), precompress()],
      output: {
        dir: publicDir,
        format: 'es',
        entryFileNames: `assets/[name]${SUFFIX}`,
      },
    },
    loader: toLoader('widgets/src/loader.ts', loaderFile),
    carryingLoader: {
      input: { 'carrying-loader': 'widgets/src/carrying-loader.ts' },
      preserveEntrySignatures: false,
      plugins: [
        cssText(),
        chunkNames(),
        resolve(),
        transpile(),
        carriedParts(join(process.cwd(), 'widgets/src/import-part.ts'), CARRIED_FOLDER),
        minify(),
        intoFunction(),
        settingsLast(),
        precompress(),
      ],
      output: {
        dir: distDir,
        format: 'es',
        entryFileNames: '[name].js',
        // Not those of the reviews' chunk: they are made of what the script has in it.
        chunkFileNames: `${CARRIED_FOLDER}carried-[name]-[hash].js`,
      },
    },
    adoptingLoader: toLoader('widgets/src/adopting-loader.ts', adoptingFile),
    edge: {
      input: 'edge/src/worker.ts',
      external: [/^cloudflare:/],
      plugins: [
        loaderText({ plain: loaderFile, carrying: carryingFile, adopting: adoptingFile }),
        serverRenderer(),
        widgetRenderer(),
        assetHeaders(publicDir),
        digestList(publicDir),
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

const SDK_ENTRIES = {
  index: 'sdk/src/index.ts',
  server: 'sdk/src/server/index.ts',
  react: 'sdk/src/react/index.ts',
  testing: 'sdk/src/testing/index.ts',
};

const sdk: RollupOptions[] = [
  {
    input: SDK_ENTRIES,
    external: [/^node:/, 'react'],
    plugins: [widgetRenderer(), resolve(), transpile()],
    output: {
      dir: 'sdk/dist',
      format: 'es',
      chunkFileNames: '[name].js',
      // React's server components render these in the browser too; bundling drops a module's directive.
      banner: ({ name }) => (name === 'react' ? "'use client';" : ''),
    },
  },
  {
    input: SDK_ENTRIES,
    external: ['react', /^virtual:/],
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

const HTTP_CACHE_ENTRIES = {
  index: 'edge/src/cache/index.ts',
  hono: 'edge/src/cache/hono.ts',
  stores: 'edge/src/store/index.ts',
};

/** The edge's cache by itself, for Workers that have never heard of Plaudit. */
export const httpCacheInto = (dir: string): Record<'code' | 'types', Build> => ({
  code: {
    input: HTTP_CACHE_ENTRIES,
    external: ['hono'],
    plugins: [resolve(), transpile()],
    output: { dir, format: 'es', chunkFileNames: '[name].js' },
  },
  types: {
    input: HTTP_CACHE_ENTRIES,
    external: ['hono'],
    plugins: [dts({ tsconfig: 'edge/tsconfig.json' })],
    output: { dir, format: 'es', chunkFileNames: '[name].d.ts' },
  },
});

/** `rollup -c` builds what `npm start` runs; `rollup -c --configPackages` builds what npm publishes. */
export default ({ configPackages }: { configPackages?: boolean }): RollupOptions[] => {
  if (configPackages) return [...sdk, ...Object.values(httpCacheInto('edge/http-cache/dist'))];
  const { chunks, widgets, translations, edge, ...loaders } = buildInto('dist');
  return [chunks, ...widgets, translations, ...Object.values(loaders), edge];
};
