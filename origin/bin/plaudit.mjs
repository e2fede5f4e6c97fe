#!/usr/bin/env node
/**
 * `npx plaudit`: runs the command line on a Node that reads TypeScript, which the project brings
 * where the machine's own is older. Signals and the exit code pass through.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first that reads TypeScript and has `node:sqlite` without being asked to. */
const NODE_MAJOR_MIN = 24;
const ownNode = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN;

const child = spawn(
  isNewEnough || !existsSync(ownNode) ? process.execPath : ownNode,
  [
    '--conditions=@plaudit/source',
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // A terminal sends Ctrl-C to the child as well; it must not hear it twice.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
});
