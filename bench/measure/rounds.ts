/** Servers compared in the same run, in turns, so that whatever else the machine does weighs on all alike. */
import type { Server } from '../servers/server.ts';
import { closedLoop } from './load.ts';
import { cpuSeconds } from './process-tree.ts';

const ROUNDS = 7;
const ROUND_MS = 1500;
const CONNECTIONS = 32;

/** What to ask a server next. */
export type Asking = (server: Server) => () => Buffer;

/**
 * Prints the requests that each server answers per CPU second of its process tree, the median of the
 * rounds, and its ratio to the first server's.
 * @returns those medians by the server's name
 * @throws {Error} where a server fails to answer
 */
export async function compare(
  title: string,
  servers: readonly Server[],
  asking: Asking,
  goals: Readonly<Record<string, string>> = {},
): Promise<Map<string, number>> {
  const rates = new Map(servers.map((server) => [server.name, [] as number[]]));
  for (const server of servers) await round(server, asking);
  for (let number = 0; number < ROUNDS; number++) {
    for (const server of servers) rates.get(server.name)?.push(await round(server, asking));
  }
  console.log(`\n${title}: requests per CPU second, median of ${ROUNDS} rounds, and ratio`);
  const base = rates.get(servers[0]?.name ?? '') ?? [];
  const medians = new Map<string, number>();
  for (const [name, own] of rates) {
    const ratio = median(own.map((rate, number) => rate / (base[number] ?? Number.NaN)));
    medians.set(name, median(own));
    const rate = Math.round(median(own)).toLocaleString('en').padStart(9);
    console.log(`  ${name.padEnd(14)} ${rate}  ${ratio.toFixed(2)} ${goals[name] ?? ''}`.trimEnd());
  }
  return medians;
}

async function round(server: Server, asking: Asking): Promise<number> {
  const before = cpuSeconds(server.pid);
  const load = { connections: CONNECTIONS, durationMs: ROUND_MS };
  const { count, failed } = await closedLoop(server.url, asking(server), load);
  if (failed > 0) throw new Error(`${server.name} failed ${failed} of ${count} requests`);
  return count / (cpuSeconds(server.pid) - before);
}

/** The middle one, or the upper of the two. */
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
