import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { findApp } from './apps/app.ts';
import { isSecretOf } from './apps/secrets.ts';
import { createAttempts } from './attempts.ts';

/**
 * Whether an app's secret is right.
 * @throws TooManyAttemptsError
 */
export type CheckSecret = (
  clientId: string,
  secret: string,
  address: string | undefined,
) => Promise<boolean>;

/** So many wrong secrets of one app from one address, then none is looked at for a while. */
const WRONG_MAX = 20;
const WINDOW_SECONDS = 300;

/** Makes the check, which counts what was wrong. */
export function createSecretCheck({
  db,
  now,
  log,
}: {
  db: Database;
  now: () => Date;
  log: Logger;
}): CheckSecret {
  const attempts = createAttempts(WRONG_MAX, WINDOW_SECONDS, now);
  return async (clientId, secret, address) => {
    const key = `${clientId} ${address}`;
    attempts.check(key);
    const app = await findApp(db, clientId);
    if (app && !app.isPublic && (await isSecretOf(db, app, secret, now()))) return true;
    if (attempts.fail(key)) log.warn({ app: app?.clientId }, 'too many wrong secrets');
    return false;
  };
}
