/** Load on one server: as fast as it answers, or at a given pace whether it keeps up or not. */
import { Connection, type Answer } from './connection.ts';

export interface Load {
  readonly count: number;
  /** Of answers that were not 2xx, and of requests whose connection broke. */
  readonly failed: number;
}

type NextRequest = () => Buffer;

/** A request, and who wants to see its answer. */
export interface Asked {
  readonly request: Buffer;
  readonly see: (answer: Answer) => void;
}

interface ClosedLoop {
  readonly connections: number;
  readonly durationMs?: number;
  readonly requests?: number;
}

/** Keeps `connections` requests under way, for so long or for so many. */
export async function closedLoop(
  url: string,
  next: NextRequest,
  { connections, durationMs = Infinity, requests = Infinity }: ClosedLoop,
): Promise<Load> {
  let count = 0;
  let taken = 0;
  let failed = 0;
  const end = performance.now() + durationMs;
  const work = async (): Promise<void> => {
    const connection = await Connection.open(url);
    while (taken++ < requests && performance.now() < end) {
      const answer = await connection.ask(next());
      count++;
      if (!isGood(answer)) failed++;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return { count, failed };
}

/** Asks each request once, all at the same time, each on a connection of its own. */
export async function allAtOnce(url: string, requests: readonly Buffer[]): Promise<Answer[]> {
  const connections = await Promise.all(requests.map(() => Connection.open(url)));
  try {
    return await Promise.all(
      connections.map((connection, index) => connection.ask(requests[index] ?? Buffer.alloc(0))),
    );
  } finally {
    for (const connection of connections) connection.close();
  }
}

export interface PacedLoad extends Load {
  /** Milliseconds from when each request was due to its whole answer, ascending. */
  readonly latencies: Float64Array;
  readonly seconds: number;
}

/**
 * Sends `rate` requests a second. A request's time counts from when it was due, not from when a
 * connection was free to send it: a server that stalls is charged for everyone who queued meanwhile.
 */
export async function paced(
  url: string,
  next: () => Asked,
  { rate, seconds, connections }: { rate: number; seconds: number; connections: number },
): Promise<PacedLoad> {
  const total = Math.round(rate * seconds);
  const latencies = new Float64Array(total);
  const start = performance.now();
  const dueAt = (number: number): number => start + (number * 1000) / rate;
  let taken = 0;
  let failed = 0;

  const work = async (): Promise<void> => {
    let connection = await Connection.open(url);
    while (taken < total) {
      const number = taken++;
      await until(dueAt(number));
      try {
        const { request, see } = next();
        const answer = await connection.ask(request);
        if (!isGood(answer)) failed++;
        see(answer);
      } catch {
        failed++;
        connection = await Connection.open(url);
      }
      latencies[number] = performance.now() - dueAt(number);
    }
    connection.close();
  };

  await Promise.all(Array.from({ length: connections }, work));
  latencies.sort();
  return { count: total, failed, latencies, seconds: (performance.now() - start) / 1000 };
}

const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300;

function until(instant: number): Promise<void> | undefined {
  const waitMs = instant - performance.now();
  return waitMs > 0 ? new Promise((done) => setTimeout(done, waitMs)) : undefined;
}

/** The value below which a share of the ascending numbers lies. */
export const percentile = (ascending: Float64Array, share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;
