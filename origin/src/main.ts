/** Wires the origin together and runs it until it is told to stop. */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { PurgeRequest } from '@plaudit/contract';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { createClientAddressOf } from './auth/client-address.ts';
import { secretsOf } from './auth/keys.ts';
import { createSignInServer } from './auth/sign-in-server.ts';
import type { Config } from './config.ts';
import { copyErasures } from './backup/erasures-file.ts';
import { createForgetter } from './cache/forget-surely.ts';
import { openAnswerCache } from './cache/open-answer-cache.ts';
import { openDatabase } from './db/database.ts';
import { prepareDrain } from './drain-server.ts';
import { limitArrival } from './limit-arrival.ts';
import { openVault } from './domain/keys/vault.ts';
import { finishRestore } from './domain/persons/finish-restore.ts';
import { toFailureRecord } from './failure-record.ts';
import { createInbox } from './exchange/inbox.ts';
import { createFileIntake } from './http/management/receive-file.ts';
import { openAuditSink } from './jobs/audit-copy/audit-sink.ts';
import { startAuditCopy } from './jobs/audit-copy/start-audit-copy.ts';
import { startBackups } from './jobs/start-backups.ts';
import { startDispatcher } from './jobs/outbox/dispatcher.ts';
import { sendPurge } from './jobs/outbox/send-purge.ts';
import { startImports } from './jobs/start-imports.ts';
import { startSealing } from './jobs/start-sealing.ts';
import { startTopics } from './jobs/start-topics.ts';
import { startTidying } from './jobs/start-tidying.ts';
import { startWebhooks } from './jobs/webhooks/start-webhooks.ts';
import { createRequestLog } from './request-log.ts';
import { currentTrace } from './span.ts';
import { createMetrics } from './watch/metrics.ts';
import { createReadiness } from './watch/readiness.ts';
import { serveMetrics } from './watch/serve-metrics.ts';

/** A statement that takes longer is given up: edges serve what they have, and visitors do not wait. */
const STATEMENT_LIMIT_MS = 800;
/** Requests that are still running get this long to finish. */
const DRAIN_LIMIT_MS = 5000;
/** The daily backup begins up to so much later, each origin at another time. */
const BACKUP_JITTER_MS = 15 * 60_000;

/** A running origin. */
export interface Origin {
  url: string;
  stop: () => Promise<void>;
}

/**
 * Starts the origin; it answers when the promise resolves.
 * @throws when the database cannot be opened or the port is taken
 */
export async function startOrigin(config: Config): Promise<Origin> {
  const tracing =
    config.tracing && (await import('./watch/start-tracing.ts')).startTracing(config.tracing);
  const log = pino({ level: config.logLevel, base: null, mixin: currentTrace });
  const now = () => new Date();
  const database = await openDatabase({ ...config, statementLimitMs: STATEMENT_LIMIT_MS });
  const { db, kind, close } = database;
  const vault = openVault(db, now, config.keys);
  const onErasure = () => copyErasures(db, config.backup.folder);
  await finishRestore({ db, now, actor: 'system', vault, onOutbox: () => {}, onErasure });
  const sink = config.auditCopy && openAuditSink(config.auditCopy, now);
  const auditCopy = sink && startAuditCopy({ db, sink, now, log });
  const metrics = createMetrics({
    database,
    backupFolder: config.backup.folder,
    auditTarget: sink?.target,
    now,
  });
  const metricsServer = config.metrics && (await serveMetrics(metrics, config.metrics));
  const target = { edgeUrls: config.edgeUrls, secret: config.purgeSecret, fetch, now };
  const cache = openAnswerCache({
    redisUrl: config.redisUrl,
    isAlone: kind === 'pglite',
    onFailure: (error) => log.warn(toFailureRecord(error), 'Redis does not answer'),
  });
  const forgetter = createForgetter({
    cache: cache.answers,
    onLate: (tags) => sendPurge(target, { tags, mode: 'soft' }),
  });
  const dispatcher =
    config.edgeUrls.length > 0 ? startDispatcher({ db, now, send }, log) : undefined;
  const webhooks = startWebhooks({ db, now, vault }, log);
  const sealing = startSealing({ db, now, vault }, log);
  const tidying = startTidying(db, now, log);
  const { minute } = config.backup;
  const schedule = { minute: minute ?? 0, jitterMs: Math.random() * BACKUP_JITTER_MS };
  const backups =
    minute === undefined
      ? undefined
      : startBackups({ serving: { ...config, db }, backup: config.backup, schedule, now, log });
  const onOutbox = () => {
    dispatcher?.wake();
    webhooks.wake();
  };
  const topics = startTopics({ db, now, onOutbox }, log);
  const inbox = createInbox(config.imports.folder, config.imports.maxBytes);
  const imports = startImports({ db, now, actor: 'system', vault, onOutbox }, inbox, log);
  // First our own cache: an edge that asks again must not get what it had.
  async function send(purge: PurgeRequest): Promise<void> {
    await forgetter.forget(purge.tags);
    await sendPurge(target, purge);
  }
  const secrets = secretsOf(config);
  const clientAddressOf = createClientAddressOf(config.purgeSecret, now);
  const openApp = (url: string) =>
    createApp({
      domain: {
        db,
        now,
        actor: 'system',
        vault,
        onOutbox,
        onErasure,
        edgeUrl: config.publicEdgeUrl,
      },
      log,
      intake: createFileIntake(inbox, imports.wake),
      // Without a dispatcher, nobody would tell it to forget.
      ...(dispatcher && { answers: metrics.countReads(cache.answers) }),
      watch: createRequestLog(log, metrics.begin),
      readiness: createReadiness(db),
      clientAddressOf,
      signIn: createSignInServer({
        db,
        now,
        log,
        issuer: config.publicUrl || url,
        secrets,
        clientAddressOf,
      }),
    });
  // Made when it listens: not before that is it known where.
  let app: ReturnType<typeof openApp> | undefined;
  const server = serve({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }),
    hostname: config.host,
    port: config.port,
  });
  // Without options of its own, it is the plain HTTP server.
  const drain = prepareDrain(server as Server);
  limitArrival(
    server as Server,
    ({ method, url }) => method === 'POST' && /^\/api\/v1\/imports\b/.test(url ?? ''),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const url = `http://${config.host}:${port}`;
  app = openApp(url);
  const also = { cache: cache.kind, edges: config.edgeUrls.length, metrics: metricsServer?.url };
  log.info({ url, database: kind, ...also }, 'listening');
  return {
    url,
    stop: async () => {
      await Promise.all([
        drain(DRAIN_LIMIT_MS),
        webhooks.stop(),
        tidying.stop(),
        sealing.stop(),
        topics.stop(),
        imports.stop(),
        backups?.stop(),
      ]);
      // After the last request: what it wrote is told, if that is quick.
      await dispatcher?.stop();
      await auditCopy?.stop();
      await metricsServer?.stop();
      forgetter.stop();
      cache.close();
      await close();
      await tracing?.stop();
      log.info('stopped');
    },
  };
}
