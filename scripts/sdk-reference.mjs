/** The SDK's API reference, out of the types that npm publishes and beside them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from '@typescript/typescript6';
import { root } from './toolchain.mjs';

const ENTRIES = /** @type {const} */ ([
  ['@plaudit/sdk', 'index'],
  ['@plaudit/sdk/server', 'server'],
  ['@plaudit/sdk/react', 'react'],
  ['@plaudit/sdk/testing', 'testing'],
]);

const OPTIONS = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  skipLibCheck: true,
  types: [],
};

/** @param {string} entry */
const typesOf = (entry) => join(root, `sdk/dist/${entry}.d.ts`);

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol
 */
const resolve = (checker, symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/**
 * The declaration as it is written, without its comment and what only a module needs.
 * @param {ts.Declaration} declaration
 */
function signature(declaration) {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return node.getText().replace(/^(export )?(declare )?/, '');
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol as it is exported
 */
function describe(checker, symbol) {
  const { name } = symbol;
  const target = resolve(checker, symbol);
  const about = ts.displayPartsToString(target.getDocumentationComment(checker));
  const throws = target
    .getJsDocTags(checker)
    .filter((tag) => tag.name === 'throws')
    .map((tag) => `Throws ${ts.displayPartsToString(tag.text)}`);
  const code = (target.declarations ?? []).map(signature).join('\n');
  return [`### ${name}`, about, ...throws, `\`\`\`ts\n${code}\n\`\`\``]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * @param {ts.Program} program
 * @param {string} title
 * @param {string} path
 */
function section(program, title, path) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${path} exports nothing.`);
  const parts = checker
    .getExportsOfModule(module)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((symbol) => describe(checker, symbol));
  return [`## ${title}`, ...parts].join('\n\n');
}

export function writeSdkReference() {
  const program = ts.createProgram(
    ENTRIES.map(([, entry]) => typesOf(entry)),
    OPTIONS,
  );
  const text = [
    '# API of @plaudit/sdk',
    'Made from the types when the package is built; the README is the place to start.',
    ...ENTRIES.map(([title, entry]) => section(program, title, typesOf(entry))),
  ].join('\n\n');
  writeFileSync(join(root, 'sdk/dist/REFERENCE.md'), `${text}\n`);
}
