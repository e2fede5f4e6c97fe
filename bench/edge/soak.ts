/**
 * Storefront traffic on one core, beside a Worker that does nothing: what it costs, a minute at the
 * pace that is the goal, and a minute at a pace that leaves this machine room.
 */
import { closedLoop, paced, percentile, type PacedLoad } from '../measure/load.ts';
import { cpuSeconds, residentBytes } from '../measure/process-tree.ts';
import { compare } from '../measure/rounds.ts';
import { startMeasuredEdge } from '../servers/edge.ts';
import { startOrigin } from '../servers/origin.ts';
import type { Server } from '../servers/server.ts';
import { startNullWorker } from '../servers/worker.ts';
import {
  makeStorefrontLoad,
  STOREFRONT,
  type StorefrontLoad,
  type Tally,
} from './storefront-load.ts';

const RATE = 5000;
const SECONDS = 60;
/** Long enough to tell what the machine itself adds to every answer. */
const NULL_SECONDS = 20;
/** Of what the edge does in a CPU second: a core that is half busy, as one is that serves people. */
const EASY_SHARE = 0.5;
/** Enough for what is popular to be there. */
const WARM_UP_REQUESTS = 400_000;
const CONNECTIONS = 64;
const P99_GOAL_MS = 50;
const MEMORY = '512MB';
const SAMPLE = '/v1/shops/shop0/products/1/reviews';

export async function measureSoak(): Promise<void> {
  const origin = await startOrigin(STOREFRONT);
  const edge = await startMeasuredEdge(origin.url, { memory: MEMORY });
  const servers = [edge];
  try {
    const load = makeStorefrontLoad(edge);
    const warmUp = { connections: CONNECTIONS, requests: WARM_UP_REQUESTS };
    await closedLoop(edge.url, () => load.next().request, warmUp);
    const nobody = await startNullWorker(await fetch(`${edge.url}${SAMPLE}`));
    servers.unshift(nobody);
    const nullLoad = makeStorefrontLoad(nobody, { isPurged: false });

    const loads = new Map([
      [nobody, nullLoad],
      [edge, load],
    ]);
    const rates = await compare(`Mixed trace, ${MEMORY}`, servers, (server) => {
      const of = loads.get(server) ?? load;
      return () => of.next().request;
    });
    const [nullRate = Number.NaN, edgeRate = Number.NaN] = servers.map(({ name }) =>
      rates.get(name),
    );
    const easyRate = Math.round(edgeRate * EASY_SHARE);

    printAtGoal(edge, load, await measure(edge, load, RATE, SECONDS), { nullRate, edgeRate });
    const easy = await measure(edge, load, easyRate, SECONDS);
    const nothing = await measure(nobody, nullLoad, easyRate, NULL_SECONDS);
    await Promise.all(load.purges);
    printEasy(easyRate, easy, nothing);
  } finally {
    for (const server of servers) await server.stop();
    await origin.stop();
  }
}

interface Measured extends PacedLoad {
  /** The share of a core that it took. */
  readonly busy: number;
}

async function measure(
  { url, pid }: Server,
  { next, tallies }: StorefrontLoad,
  rate: number,
  seconds: number,
): Promise<Measured> {
  for (const tally of Object.values(tallies)) Object.assign(tally, { asked: 0, hits: 0 });
  const before = cpuSeconds(pid);
  const result = await paced(url, next, { rate, seconds, connections: CONNECTIONS });
  return { ...result, busy: (cpuSeconds(pid) - before) / result.seconds };
}

function printAtGoal(
  { pid }: Server,
  { tallies, purges }: StorefrontLoad,
  result: Measured,
  { nullRate, edgeRate }: Readonly<Record<'nullRate' | 'edgeRate', number>>,
): void {
  const cores = (rate: number): string => (RATE / rate).toFixed(2);
  console.log(`
Soak: ${RATE} requests a second for ${SECONDS} s after ${WARM_UP_REQUESTS} to warm up
  takes of this core ${cores(edgeRate)}; a Worker that does nothing ${cores(nullRate)}
  kept up with       ${Math.round(result.count / result.seconds)} a second, ${result.failed} failed
  50 % within        ${within(result, 0.5)}
  99 % within        ${within(result, 0.99)} (goal ${P99_GOAL_MS} ms)
  99.9 % within      ${within(result, 0.999)}
  reviews from cache ${percent(tallies.reviews)}
  ratings from cache ${percent(tallies.listing)} of the listing batches (goal 99.9 %)
  CPU                ${Math.round(result.busy * 100)} % of one core
  memory             ${Math.round(residentBytes(pid) / 1e6)} MB resident
  purges             ${purges.length}`);
}

function printEasy(rate: number, edge: Measured, nobody: Measured): void {
  console.log(`
At half of what this core can do, ${rate} a second: the edge for ${SECONDS} s, the null Worker for ${NULL_SECONDS} s`);
  for (const share of [0.5, 0.99, 0.999]) {
    const label = `${share * 100} % within`.padEnd(18);
    const ratio = percentile(edge.latencies, share) / percentile(nobody.latencies, share);
    console.log(
      `  ${label} ${within(edge, share)}, null Worker ${within(nobody, share)}: ${ratio.toFixed(1)} times`,
    );
  }
  console.log(
    `  CPU                ${Math.round(edge.busy * 100)} % of one core, null Worker ${Math.round(nobody.busy * 100)} %`,
  );
}

const within = ({ latencies }: PacedLoad, share: number): string =>
  `${percentile(latencies, share).toFixed(1)} ms`;

const percent = ({ hits, asked }: Tally): string => `${((100 * hits) / asked).toFixed(2)} %`;
