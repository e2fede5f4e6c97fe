/**
 * What Prometheus is told: requests by route, what waits and for how long, the pool, the cache, the
 * age of the last backup, and the process itself. Nothing in it names a shop or a visitor.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { listBackups } from '../backup/backup-folder.ts';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { OpenDatabase } from '../db/database.ts';
import { readQueues } from './read-queues.ts';

/** Where the figures come from. */
export interface MetricSources {
  database: Pick<OpenDatabase, 'db' | 'connections'>;
  backupFolder: string;
  /** Names the place that the audit log is copied to. */
  auditTarget?: string | undefined;
  now: () => Date;
}

/** An answered request, as far as it is counted. */
export interface Counted {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

export interface Metrics {
  /** Counts a request that begins; gives what counts that it was answered. */
  begin: () => (served: Counted) => void;
  /** The same cache, counted. */
  countReads: (answers: AnswerCache) => AnswerCache;
  /** The figures as text, and the media type of that. */
  read: () => Promise<{ text: string; type: string }>;
}

/** From an answer out of memory to one that the database was given up on. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['method', 'route', 'status'] as const;
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'plaudit_http_request_duration_seconds',
    help: 'Answered requests, by the time until the answer began.',
    labelNames,
    buckets: SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'plaudit_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
  });
  const reads = new Counter({
    name: 'plaudit_answer_cache_reads_total',
    help: 'Reads that were answered from the cache of answers (hit) or had to be made (miss).',
    labelNames: ['result'] as const,
    registers,
  });
  const refresh = createLooks(registers, sources);

  return {
    begin() {
      inFlight.inc();
      return ({ method, route, status, seconds }) => {
        inFlight.dec();
        durations.observe({ method, route, status }, seconds);
      };
    },
    countReads: (answers) => ({
      ...answers,
      async read(key, tags, make) {
        let result = 'hit';
        try {
          return await answers.read(key, tags, () => {
            result = 'miss';
            return make();
          });
        } finally {
          reads.inc({ result });
        }
      },
    }),
    async read() {
      await refresh();
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}

/** The figures that are looked up when they are asked for. */
function createLooks(
  registers: Registry[],
  { database, backupFolder, auditTarget, now }: MetricSources,
) {
  const isUp = new Gauge({
    name: 'plaudit_database_up',
    help: 'Whether the database answered when these figures were asked for.',
    registers,
  });
  const waiting = new Gauge({
    name: 'plaudit_queue_waiting',
    help: 'Purges for edges (outbox), messages to merchants (webhooks), acts for the copy of the audit log (audit) that wait.',
    labelNames: ['queue'] as const,
    registers,
  });
  const oldest = new Gauge({
    name: 'plaudit_queue_oldest_seconds',
    help: 'For how long the oldest of them has waited.',
    labelNames: ['queue'] as const,
    registers,
  });
  const connections = new Gauge({
    name: 'plaudit_database_connections',
    help: "The pool's connections (busy, idle), and requests that wait for one.",
    labelNames: ['state'] as const,
    registers,
  });
  const backupAge = new Gauge({
    name: 'plaudit_backup_age_seconds',
    help: 'Age of the newest backup; infinite where there is none.',
    registers,
  });

  async function lookAtQueues() {
    try {
      for (const queue of await readQueues(database.db, now(), auditTarget)) {
        waiting.set({ queue: queue.name }, queue.waiting);
        oldest.set({ queue: queue.name }, queue.oldestSeconds);
      }
      isUp.set(1);
    } catch {
      // No figure rather than an old one.
      waiting.reset();
      oldest.reset();
      isUp.set(0);
    }
  }

  async function lookAtBackups() {
    const [newest] = await listBackups(backupFolder).catch(() => []);
    const ageMs = newest ? now().getTime() - newest.createdAt.getTime() : Number.POSITIVE_INFINITY;
    backupAge.set(ageMs / 1000);
  }

  return async () => {
    const pool = database.connections?.();
    for (const [state, count] of Object.entries(pool ?? {})) connections.set({ state }, count);
    await Promise.all([lookAtQueues(), lookAtBackups()]);
  };
}
