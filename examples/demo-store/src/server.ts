/** Starts the store, and stops it when it is told to. */
import { serve } from '@hono/node-server';
import { createStore } from './app.ts';
import { readCatalogue } from './catalogue.ts';
import { createBackstage } from './gallery/backstage.ts';
import { readConfig } from './config.ts';

const config = readConfig(process.env);
const backstage = createBackstage(config.edgeUrl, config.appKey);
const catalogue = readCatalogue(config.cataloguePath);
const store = createStore({ ...config, catalogue, backstage });
const server = serve(
  { fetch: store.fetch, hostname: '127.0.0.1', port: config.port },
  ({ port }) => {
    process.stdout.write(`The store is open at http://127.0.0.1:${port}\n`);
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    void backstage.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
