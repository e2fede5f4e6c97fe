/** The whole line for a test: origin, edge and demo store on free ports over a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';
import {
  findFreePort,
  runPlaudit,
  startEdge,
  startOrigin,
  startStore,
  type Part,
} from '../../scripts/stack.mjs';
import { root } from '../../scripts/toolchain.mjs';

const PURGE_SECRET = 'a secret for tests only';
const DEMO_REVIEWS = join(root, 'examples/demo-store/data/reviews.jsonl');

/** A running line, and the means to break and mend it. */
export interface Line {
  appKey: string;
  dataDir: string;
  origin: Part;
  edge: Awaited<ReturnType<typeof startEdge>>;
  store: Part;
  /** Starts the origin again on its old port and data. */
  restartOrigin(): Promise<void>;
  stop(): Promise<void>;
}

/** What the line shows; the demo shop unless said otherwise. */
export interface LineOptions {
  appKey?: string;
  importArgs?: string[];
  storeEnv?: (dataDir: string) => Record<string, string>;
}

/** Builds what is not built, fills a fresh database and starts the three parts. */
export async function startLine({
  appKey = 'demo',
  importArgs = [DEMO_REVIEWS],
  storeEnv = () => ({}),
}: LineOptions = {}): Promise<Line> {
  await build();
  const dataDir = await mkdtemp(join(tmpdir(), 'plaudit-e2e-'));
  const args = ['import', ...importArgs, '--shop', appKey, '--create-shop'];
  await runPlaudit(args, { dataDir, quiet: true });
  const [originPort, edgePort, storePort] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  const edgeUrl = `http://127.0.0.1:${edgePort}`;
  const openOrigin = () =>
    startOrigin({ port: originPort, dataDir, purgeUrls: [edgeUrl], purgeSecret: PURGE_SECRET });
  const starts = [
    openOrigin(),
    startEdge({
      origin: `http://127.0.0.1:${originPort}`,
      port: edgePort,
      purgeSecret: PURGE_SECRET,
    }),
    startStore({
      port: storePort,
      edgeUrl,
      appKey,
      logDir: join(dataDir, 'logs'),
      env: storeEnv(dataDir),
    }),
  ] as const;
  // One that fails must not leave the others running.
  const outcomes = await Promise.allSettled(starts);
  const running = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  if (running.length < starts.length) await Promise.all(running.map(({ value }) => value.stop()));
  const [origin, edge, store] = await Promise.all(starts);
  const line: Line = {
    appKey,
    dataDir,
    origin,
    edge,
    store,
    async restartOrigin() {
      await line.origin.stop();
      line.origin = await openOrigin();
    },
    async stop() {
      await Promise.all([line.origin.stop(), line.edge.stop(), line.store.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return line;
}
