/** The documents cannot lie about the layout: every path they name in back-ticks or links must exist. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './toolchain.mjs';

const documents = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(root, path)));

/** A path of ours: starts with a folder of the project, or is relative. */
const OURS =
  /^(?:\.{1,2}\/(?!\.)|(?:contract|sdk|widgets|edge|origin|examples|e2e|bench|scripts|docs)\/)[\w./-]*$/;

/** @param {string} text */
function* namedPaths(text) {
  for (const [, path = ''] of text.matchAll(/`([^`\s]+)`/g)) if (OURS.test(path)) yield path;
  for (const [, path = ''] of text.matchAll(/\]\(([^()#\s]+)\)/g))
    if (!/^[a-z]+:/.test(path)) yield path;
}

let missing = 0;
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const path of new Set(namedPaths(text))) {
    const candidates = [join(root, path), join(root, dirname(document), path)];
    if (candidates.some((candidate) => existsSync(candidate))) continue;
    console.error(`${document} names ${path}, which does not exist.`);
    missing += 1;
  }
}
console.log(`${documents.length} documents read, ${missing} wrong paths.`);
process.exitCode = missing > 0 ? 1 : 0;
