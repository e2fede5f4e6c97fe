/**
 * Builds a script that has the code of a first view in it, and whose further parts come as chunks. A
 * chunk cannot import from a script; so each is a function that is handed what both use.
 */
import type { Plugin } from 'rollup';

/** Stands in `import-part.ts` for all that the script shares with its parts. */
const SHARED = '__PLAUDIT_SHARED__';
const EXPORTS = /^export \{([^{}]*)\};\s*$/m;
const IMPORTS = /^import \{([^{}]*)\} from '([^'\n]*)';\n/gm;

/**
 * @param importPart The file whose function of that name loads a part and hands over what is shared.
 * @param folder Where the parts are, from the script on.
 */
export function carriedParts(importPart: string, folder: string): Plugin {
  return {
    name: 'carried-parts',
    transform(code) {
      if (!code.includes('import("')) return null;
      const rest = code.replaceAll(/\bimport\("[^"]*"\)/g, (imported) => `importPart(${imported})`);
      return {
        code: `import { importPart } from ${JSON.stringify(importPart)};\n${rest}`,
        map: null,
      };
    },
    // Only the name of the file is left of such an import.
    renderDynamicImport: ({ targetModuleId }) =>
      targetModuleId === null ? null : { left: '(', right: ')' },
    renderChunk(code, { fileName, isEntry, isDynamicEntry }, _, { chunks }) {
      const script = Object.values(chunks).find((chunk) => chunk.isEntry)?.fileName ?? '';
      const named = code.replaceAll(
        /\(\('\.\/([^']*)'\)\)/g,
        (__, path: string) => `('${path.replace(folder, '')}')`,
      );
      if (isEntry) return { code: withShared(named), map: null };
      if (isDynamicEntry) return { code: toFunction(named, script), map: null };
      return code.includes(script) ? this.error(`${fileName} imports from the script`) : null;
    },
  };
}

/** Instead of exporting what the parts use, the script hands it to them. */
function withShared(code: string): string {
  const [, exported = ''] = EXPORTS.exec(code) ?? [];
  if (code.split(SHARED).length !== 2) throw new Error(`the script names ${SHARED} once`);
  return code.replace(EXPORTS, '').replace(SHARED, () => `({${toProperties(exported)}})`);
}

/** What was a module of its own is made once, of what the script shares. */
function toFunction(code: string, script: string): string {
  const [, exported = ''] = EXPORTS.exec(code) ?? [];
  let shared = '';
  let others = '';
  const body = code
    .replace(EXPORTS, '')
    .replaceAll(IMPORTS, (line, names: string, from: string) => {
      if (from.endsWith(`/${script}`)) shared += `const {${toBindings(names)}} = shared;\n`;
      else others += line;
      return '';
    });
  return `${others}let made;
export default (shared) => made ??= make(shared);
function make(shared) {
${shared}${body}
return {${toProperties(exported)}};
}
`;
}

/** `a as b, c` as an object's properties: `b: a, c`. */
const toProperties = (exported: string): string =>
  exported.replaceAll(/(?<![\w$])([\w$]+) as ([\w$]+)/g, '$2: $1');

/** `a as b, c` as the names that take an object's properties: `a: b, c`. */
const toBindings = (imported: string): string => imported.replaceAll(' as ', ': ');
