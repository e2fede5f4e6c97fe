/** Reads the environment, once and only here, and says clearly what is wrong with it. */
import { join } from 'node:path';
import { z } from 'zod';
import { KEY_PATTERN } from './backup/backup-key.ts';
import type { VaultConfig } from './vault/open-provider.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/ });

const environment = z.object({
  ORIGIN_HOST: z.string().default('127.0.0.1'),
  ORIGIN_PORT: port.default(8788),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  EDGE_PURGE_URLS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(url)),
  PUBLIC_EDGE_URL: url.optional(),
  PURGE_SECRET: z.string().min(16).optional(),
  PUBLIC_URL: url
    .refine((text) => /^https?:\/\/[^/?#@]+\/?$/.test(text), 'an address without a path')
    .transform((text) => text.replace(/\/$/, ''))
    .default(''),
  APP_SECRET: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.string().min(32))),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port.optional(),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_KEY: z
    .string()
    .regex(KEY_PATTERN, '32 bytes in base64 or hex, such as "openssl rand -base64 32" prints')
    .optional(),
  BACKUP_KEY_FILE: z.string().min(1).optional(),
  BACKUP_TIME: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 03:00')
    .default('03:00'),
  IMPORT_DIR: z.string().min(1).optional(),
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(2 * 1024 ** 3),
  AUDIT_COPY_FILE: z.string().min(1).optional(),
  AUDIT_COPY_URL: z
    .url()
    .regex(
      /^(?:https:|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/])/,
      'an https address, or one of this machine',
    )
    .optional(),
  AUDIT_COPY_SECRET: z
    .string()
    .regex(
      /^(?:whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/,
      '24 bytes or more in base64, "whsec_" before it',
    )
    .optional(),
  KEY_FILE: z.string().min(1).optional(),
  KMS_KEY_ID: z.string().min(1).max(2048).optional(),
  KMS_ENDPOINT: url.optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'a region such as eu-central-1')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the origin was told about the place it runs in. */
export interface Config {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl?: string;
  /** Where answers are kept for all processes on one Postgres. */
  redisUrl?: string;
  /** Base URLs of the edges to purge. */
  edgeUrls: string[];
  /** Signs purges; an edge that has it is believed about where its clients are. */
  purgeSecret: string;
  /** Where visitors reach the edge, without a slash at the end; empty where there is none. */
  publicEdgeUrl: string;
  /** Where apps and people reach this origin, without a slash at the end; empty: where it listens. */
  publicUrl: string;
  /** The first signs, all verify; none: one is made and kept. */
  appSecrets: string[];
  logLevel: string;
  backup: BackupConfig;
  /** Where files wait that came in over HTTP, and how long one may be. */
  imports: { folder: string; maxBytes: number };
  /** Where the figures for Prometheus are served; not at all when absent. */
  metrics?: { host: string; port: number };
  /** The collector of traces, and the share of requests that are traced; none when absent. */
  tracing?: { endpoint: string; ratio: number };
  keys: VaultConfig;
  /** Where the audit log is copied to; nowhere when absent. */
  auditCopy?: AuditCopyConfig;
}

/** A file on another disk, or an address that lines are sent to, signed. */
export type AuditCopyConfig = { file: string } | { url: string; secret: string };

/** Where backups are, and the key they are sealed with. */
export interface BackupConfig {
  folder: string;
  key?: string;
  /** Read where there is no key. */
  keyFile: string;
  /** When an origin that serves makes its daily one, in minutes after midnight, UTC; absent: never. */
  minute?: number;
}

/** The environment is wrong; the message names every variable at fault. */
export class ConfigError extends Error {}

/**
 * Reads the configuration.
 * @throws ConfigError
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // A variable that is set but empty is one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { success, data, error } = environment.safeParse(given);
  if (!success) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(`The environment is not valid.\n  ${faults.join('\n  ')}`);
  }
  if (data.EDGE_PURGE_URLS.length > 0 && data.PURGE_SECRET === undefined) {
    throw new ConfigError('EDGE_PURGE_URLS needs PURGE_SECRET: an edge takes signed purges only.');
  }
  return {
    host: data.ORIGIN_HOST,
    port: data.ORIGIN_PORT,
    dataDir: data.DATA_DIR,
    ...(data.DATABASE_URL === undefined ? {} : { databaseUrl: data.DATABASE_URL }),
    ...(data.REDIS_URL === undefined ? {} : { redisUrl: data.REDIS_URL }),
    edgeUrls: data.EDGE_PURGE_URLS,
    purgeSecret: data.PURGE_SECRET ?? '',
    publicEdgeUrl: (data.PUBLIC_EDGE_URL ?? data.EDGE_PURGE_URLS[0] ?? '').replace(
      /(?<!\/)\/+$/,
      '',
    ),
    publicUrl: data.PUBLIC_URL,
    appSecrets: data.APP_SECRET,
    logLevel: data.LOG_LEVEL,
    backup: toBackupConfig(data),
    imports: {
      folder: data.IMPORT_DIR ?? join(data.DATA_DIR, 'imports'),
      maxBytes: data.IMPORT_MAX_BYTES,
    },
    ...toMetricsConfig(data),
    ...toTracingConfig(data),
    keys: toVaultConfig(data),
    ...toAuditCopyConfig(data),
  };
}

function toAuditCopyConfig(data: z.infer<typeof environment>): Pick<Config, 'auditCopy'> {
  const { AUDIT_COPY_FILE: file, AUDIT_COPY_URL: url, AUDIT_COPY_SECRET: secret } = data;
  if (file !== undefined && url !== undefined) {
    throw new ConfigError('AUDIT_COPY_FILE and AUDIT_COPY_URL are two places: name one.');
  }
  if (file !== undefined) return { auditCopy: { file } };
  if (url === undefined) return {};
  if (secret === undefined) {
    throw new ConfigError('AUDIT_COPY_URL needs AUDIT_COPY_SECRET: what is sent there is signed.');
  }
  return { auditCopy: { url, secret } };
}

function toVaultConfig(data: z.infer<typeof environment>): VaultConfig {
  const { KMS_KEY_ID: keyId, AWS_REGION: region, KMS_ENDPOINT: endpoint } = data;
  const keyFile = data.KEY_FILE ?? join(data.DATA_DIR, 'data.key');
  if (keyId === undefined) return { keyFile };
  if (region === undefined) {
    throw new ConfigError('KMS_KEY_ID needs AWS_REGION: the region that the key is in.');
  }
  return { keyFile, kms: { keyId, region, ...(endpoint === undefined ? {} : { endpoint }) } };
}

function toBackupConfig(data: z.infer<typeof environment>): BackupConfig {
  return {
    folder: data.BACKUP_DIR ?? join(data.DATA_DIR, 'backups'),
    ...(data.BACKUP_KEY === undefined ? {} : { key: data.BACKUP_KEY }),
    keyFile: data.BACKUP_KEY_FILE ?? join(data.DATA_DIR, 'backup.key'),
    ...(data.BACKUP_DIR === undefined ? {} : { minute: toMinute(data.BACKUP_TIME) }),
  };
}

function toMetricsConfig(data: z.infer<typeof environment>): Pick<Config, 'metrics'> {
  const { METRICS_HOST: host, METRICS_PORT: port } = data;
  return port === undefined ? {} : { metrics: { host, port } };
}

function toTracingConfig(data: z.infer<typeof environment>): Pick<Config, 'tracing'> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = data;
  return endpoint === undefined ? {} : { tracing: { endpoint, ratio } };
}

function toMinute(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
