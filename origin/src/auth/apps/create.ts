import { randomBytes } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { apps } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { enterShop, lockShop } from '../../domain/shops/find.ts';
import { SCOPES, type Scope } from '../access.ts';
import { InvalidAppError } from './app.ts';
import { addSecret } from './secrets.ts';

/** What an app is made of. */
export interface NewApp {
  name: string;
  /** The most that its tokens permit; empty: everything. */
  scopes: readonly string[];
}

/** An app that was just made. */
export interface CreatedApp {
  clientId: string;
  scopes: Scope[];
  /** Shown this once. */
  secret: string;
}

const APPS_MAX = 100;
const NAME_MAX_LENGTH = 100;
const CLIENT_ID_BYTES = 12;

/**
 * Makes an app of a shop.
 * @throws UnknownShopError
 * @throws InvalidAppError
 */
export function createApp(context: Context, appKey: string, app: NewApp): Promise<CreatedApp> {
  const scopes = toScopes(app.scopes);
  const name = toName(app.name);
  return enterShop(context.db, appKey, async (tx, found) => {
    const shop = await lockShop(tx, found);
    const [total] = await tx.select({ n: count() }).from(apps).where(eq(apps.shopId, shop.id));
    if ((total?.n ?? 0) >= APPS_MAX) {
      throw new InvalidAppError(`A shop has at most ${APPS_MAX} apps.`);
    }
    const [made] = await tx
      .insert(apps)
      .values({
        clientId: `app_${randomBytes(CLIENT_ID_BYTES).toString('hex')}`,
        shopId: shop.id,
        name,
        scopes,
        redirectUris: [],
        isPublic: false,
        createdAt: context.now(),
      })
      .returning();
    if (!made) throw new Error('The app was not made.');
    const secret = await addSecret(tx, made, context.now());
    const act = { shopId: shop.id, verb: 'app.create', subject: made.clientId } as const;
    await recordAct(tx, act, context);
    return { clientId: made.clientId, scopes, secret };
  });
}

function toName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > NAME_MAX_LENGTH || /\p{Cc}/u.test(name)) {
    throw new InvalidAppError(`A name has 1 to ${NAME_MAX_LENGTH} characters on one line.`);
  }
  return name;
}

function toScopes(wanted: readonly string[]): Scope[] {
  const known: readonly string[] = SCOPES;
  const unknown = wanted.find((scope) => !known.includes(scope));
  if (unknown !== undefined) {
    throw new InvalidAppError(`There is no scope "${unknown}"; there are ${SCOPES.join(', ')}.`);
  }
  return wanted.length === 0 ? [...SCOPES] : SCOPES.filter((scope) => wanted.includes(scope));
}
