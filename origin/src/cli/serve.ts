import { once } from 'node:events';
import { readConfig } from '../config.ts';
import { startOrigin } from '../main.ts';
import type { Command } from './command.ts';

/** What does not end by itself in this time is cut off; what was answered is kept all the same. */
const STOP_LIMIT_MS = 25_000;

export const serve: Command = {
  help: `Usage: plaudit serve

Answers the API until it is told to stop (Ctrl-C).

Environment:
  ORIGIN_HOST       address to listen on (127.0.0.1)
  ORIGIN_PORT       port to listen on (8788)
  DATA_DIR          folder of the embedded database (.data)
  DATABASE_URL      Postgres to use instead
  EDGE_PURGE_URLS   base URLs of the edges to keep up to date, separated by commas
  PUBLIC_EDGE_URL   where visitors reach the edge (the first of those)
  PURGE_SECRET      the secret they share with this origin, at least 16 characters; an edge that has it
                    is believed about where its clients are
  BACKUP_DIR        folder for a backup a day (none is made); see also "plaudit backup --help"
  BACKUP_TIME       when, UTC (03:00)
  IMPORT_DIR        folder of files that came in over HTTP, until they are imported (imports in DATA_DIR)
  IMPORT_MAX_BYTES  the longest that is taken (2 GiB)
  PUBLIC_URL        where apps and people reach this origin (where it listens)
  APP_SECRET        signs cookies and ID tokens: at least 32 characters; two, separated by a comma,
                    while a new one follows an old one (made and kept in DATA_DIR)
  METRICS_PORT      port of figures for Prometheus, at /metrics (none)
  METRICS_HOST      address to serve those on (127.0.0.1); never a public one
  OTEL_EXPORTER_OTLP_ENDPOINT   collector that takes traces by OTLP over HTTP (no traces)
  OTEL_TRACES_SAMPLER_ARG       share of the requests that are traced, from 0 to 1 (1)
  KEY_FILE          the key that shops' keys are wrapped with (data.key in DATA_DIR)
  KMS_KEY_ID        the key of AWS KMS that wraps them instead: id, ARN or alias (KEY_FILE wraps)
  AWS_REGION        the region it is in; credentials are found the way AWS's tools find them
  KMS_ENDPOINT      where that service is (as the region says)
  AUDIT_COPY_FILE   file on another disk that the audit log is copied to (no copy)
  AUDIT_COPY_URL    address that it is sent to instead, as JSON, signed (no copy)
  AUDIT_COPY_SECRET what signs that: 24 bytes or more in base64, "whsec_" before it
  LOG_LEVEL         fatal, error, warn, info (standard), debug, trace or silent
`,
  async run() {
    // Listened for from the start: a signal that comes while it starts must end it well, too.
    const told = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    const origin = await startOrigin(readConfig(process.env));
    await told;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await origin.stop();
    return 0;
  },
};
