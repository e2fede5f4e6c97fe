/** Real Redis where `REDIS_URL` names one or 127.0.0.1:6379 answers; tests on it are skipped elsewhere. */
import { createClient } from '@redis/client';

export const REDIS_URL = process.env['REDIS_URL'] || 'redis://127.0.0.1:6379';

/** Whether there is one. */
export const hasRedis = await answers();
if (!hasRedis) console.warn('Skipped on Redis: none is named, none answers on 127.0.0.1:6379.');

async function answers(): Promise<boolean> {
  const socket = { connectTimeout: 500, reconnectStrategy: false } as const;
  const client = createClient({ url: REDIS_URL, socket });
  client.on('error', () => undefined);
  try {
    await client.connect();
    client.destroy();
    return true;
  } catch {
    return false;
  }
}
