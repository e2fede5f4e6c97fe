/** For what starts, stops and routes to this process: never for visitors. */
import { Hono } from 'hono';
import { NO_STORE } from './caching-policy.ts';

/** `ready`, or in one word why not. */
export type Readiness = 'ready' | 'database' | 'migrations';

/**
 * `GET /healthz`: that the process runs; restarting it would mend nothing else. `GET /readyz`: whether
 * it should be sent requests.
 */
export function health(readiness: () => Promise<Readiness>): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok' }, 200, NO_STORE));
  app.get('/readyz', async (context) => {
    const status = await readiness();
    return context.json({ status }, status === 'ready' ? 200 : 503, NO_STORE);
  });
  return app;
}
