import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { inShop } from '../db/row-security.ts';
import { recordAct } from '../domain/audit/record.ts';
import { findApp, type App } from './apps/app.ts';
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

/** Makes the check, which counts what was wrong, and tells the shop when it was too often. */
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
  const tellShop = ({ shopId, clientId }: App) =>
    inShop(db, shopId, (tx) =>
      recordAct(tx, { shopId, verb: 'app.guessed', subject: clientId }, { actor: 'system', now }),
    );
  return async (clientId, secret, address) => {
    const key = `${clientId} ${address}`;
    attempts.check(key);
    const app = await findApp(db, clientId);
    const isRight = app && !app.isPublic && (await isSecretOf(db, app, secret, now()));
    // Of guesses that came together, as many are answered as of those that come one by one.
    attempts.check(key);
    if (isRight) return true;
    if (!attempts.fail(key)) return false;
    log.warn({ app: app?.clientId }, 'too many wrong secrets');
    if (app) await tellShop(app);
    return false;
  };
}
