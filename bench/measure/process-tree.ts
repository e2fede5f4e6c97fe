/** What a server costs: the CPU time of its process and of everything that it started. Linux only. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly residentPages: number;
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const PAGE_BYTES = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));

/** CPU seconds, user and system, that a process and its living descendants have used so far. */
export const cpuSeconds = (pid: number): number =>
  sum(tree(pid).map(({ ticks }) => ticks)) / TICKS_PER_SECOND;

/** Bytes that they hold in memory. */
export const residentBytes = (pid: number): number =>
  sum(tree(pid).map(({ residentPages }) => residentPages)) * PAGE_BYTES;

/** Keeps a process and its descendants on one core, so that servers are compared on equal terms. */
export function pinToCore(pid: number, core: number): void {
  for (const { pid: each } of tree(pid)) {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(each)], {
      stdio: 'ignore',
    });
  }
}

function tree(root: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** proc(5): what follows the command in parentheses is counted from the third field on. */
function readProcess(pid: number): Process | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended while we were looking.
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  return { pid, parent: field(4), ticks: field(14) + field(15), residentPages: field(24) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
