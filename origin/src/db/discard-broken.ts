import type { Pool, PoolClient } from 'pg';
import { isUnavailable } from './is-unavailable.ts';

/**
 * Makes a pool let go of a connection as soon as a query on it fails for the connection's sake.
 * A transaction would otherwise give it back as if it were well (or, failing at its `begin`, never),
 * and a pool of such connections answers nobody, long after the database is back.
 */
export function discardBroken(pool: Pool): void {
  pool.on('connect', (client) => {
    // One that breaks while it is in use fails its query; as an event it would end the process.
    client.on('error', () => {});
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]) => {
        const result = query(...args);
        if (!(result instanceof Promise)) return result;
        return result.catch((error: unknown) => {
          if (isUnavailable(error)) discard(client, error as Error);
          throw error;
        });
      },
    });
  });
}

function discard(client: PoolClient, error: Error): void {
  client.release(error);
  // Whoever holds it gives it back as well; the pool takes a connection back once only.
  client.release = () => {};
}
