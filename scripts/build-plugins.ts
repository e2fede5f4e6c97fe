/** What the builds of `rollup.config.ts` and the tests' share: how sources become what runs. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { transform } from 'esbuild';
import { rollup, type Plugin } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

const ROOT = join(import.meta.dirname, '..');
const MESSAGES_DIR = join(ROOT, 'widgets/src/messages');

/** The translations that there are. */
export const LANGUAGES: readonly string[] = readdirSync(MESSAGES_DIR)
  .filter((file) => /^[a-z]{2}(-[A-Z]\w+)?\.ts$/.test(file))
  .map((file) => basename(file, '.ts'))
  .toSorted();

export const resolve = (): Plugin =>
  nodeResolve({
    exportConditions: ['@plaudit/source', 'browser'],
    extensions: ['.ts', '.tsx', '.js'],
  });

export const transpile = (): Plugin =>
  esbuild({ target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact', tsconfig: false });

/** `import css from './x.css'`: the style sheet as minified text, for a constructed style sheet. */
export function cssText(): Plugin {
  return {
    name: 'css-text',
    async transform(css, id) {
      if (!id.endsWith('.css')) return null;
      const { code } = await transform(css, { loader: 'css', minify: true });
      // None of ours says `, ` in a string.
      const shortest = code.trim().replaceAll(', ', ',');
      return { code: `export default ${JSON.stringify(shortest)};`, map: null };
    },
  };
}

/**
 * `virtual:widget-renderer`: what servers write of the widgets, bundled by itself, so that whoever
 * imports it needs to know nothing of style sheets, JSX and translations.
 */
export function widgetRenderer(): Plugin {
  const id = '\0virtual:widget-renderer';
  return {
    name: 'widget-renderer',
    resolveId: (source) => (source === 'virtual:widget-renderer' ? id : null),
    async load(source) {
      if (source !== id) return null;
      const bundle = await rollup({
        input: join(ROOT, 'widgets/src/server/index.tsx'),
        plugins: [cssText(), translations(), withoutLazyChunks(), resolve(), transpile()],
      });
      const { output } = await bundle.generate({ format: 'es' });
      await bundle.close();
      return { code: output[0].code, map: null };
    },
  };
}

/** `virtual:translations`: of every language what a first view of reviews says. */
function translations(): Plugin {
  const id = '\0virtual:translations';
  return {
    name: 'translations',
    resolveId: (source) => (source === 'virtual:translations' ? id : null),
    async load(source) {
      if (source !== id) return null;
      const { reviews } = (await readModule('en/reviews')) as { reviews: object };
      const all: Record<string, unknown> = {};
      for (const language of LANGUAGES) {
        const texts = ((await readModule(language)) as { default: object }).default;
        all[language] = Object.fromEntries(
          Object.entries(texts).filter(
            ([key]) => key.replace(/\.(zero|one|two|few|many)$/, '') in reviews,
          ),
        );
      }
      return `export default ${JSON.stringify(all)};`;
    },
  };
}

const readModule = (name: string): Promise<unknown> =>
  import(pathToFileURL(join(MESSAGES_DIR, `${name}.ts`)).href);

/** What opens on a click only is nothing that a server writes. */
const withoutLazyChunks = (): Plugin => ({
  name: 'without-lazy-chunks',
  resolveDynamicImport: () => '\0nothing',
  load: (id) => (id === '\0nothing' ? 'export {};' : null),
});
