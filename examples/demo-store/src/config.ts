/** Reads the environment, once and only here. */
import { fileURLToPath } from 'node:url';

/** What the store was told about the place it runs in. */
export interface Config {
  port: number;
  /** Where the widgets come from. */
  edgeUrl: string;
  /** The shop's public key. */
  appKey: string;
  /** JSON, or JSON lines as `plaudit product list --json` prints them. */
  cataloguePath: string;
  /** Said on top of every page. */
  notice: string;
}

/** Reads the configuration; every value has a standard one. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const ownCatalogue = fileURLToPath(new URL('../data/catalogue.json', import.meta.url));
  return {
    port: Number(env['STORE_PORT'] ?? 3000),
    edgeUrl: (env['EDGE_URL'] ?? 'http://127.0.0.1:8787').replace(/\/$/, ''),
    appKey: env['APP_KEY'] ?? 'demo',
    cataloguePath: env['CATALOGUE'] || ownCatalogue,
    notice: env['STORE_NOTICE'] ?? '',
  };
}
