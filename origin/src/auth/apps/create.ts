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
  /** Where people are sent back to; empty: it acts for itself only. */
  redirectUris: readonly string[];
  /** It runs where everybody could read a secret, so it has none and acts for people only. */
  isPublic: boolean;
  /** It is called by the shop's own key, as programs that were written for Yotpo expect. */
  isShopItself: boolean;
}

/** An app that was just made. */
export interface CreatedApp {
  clientId: string;
  scopes: Scope[];
  /** Shown this once; none of a public app. */
  secret?: string;
}

const APPS_MAX = 100;
const NAME_MAX_LENGTH = 100;
const CLIENT_ID_BYTES = 12;
const REDIRECT_URIS_MAX = 20;
const URI_MAX_LENGTH = 1000;

/**
 * Makes an app of a shop.
 * @throws UnknownShopError
 * @throws InvalidAppError
 */
export function createApp(context: Context, appKey: string, app: NewApp): Promise<CreatedApp> {
  const scopes = toScopes(app.scopes);
  const name = toName(app.name);
  const redirectUris = toRedirectUris(app);
  return enterShop(context.db, appKey, async (tx, found) => {
    const shop = await lockShop(tx, found);
    const [total] = await tx.select({ n: count() }).from(apps).where(eq(apps.shopId, shop.id));
    if ((total?.n ?? 0) >= APPS_MAX) {
      throw new InvalidAppError(`A shop has at most ${APPS_MAX} apps.`);
    }
    const [made] = await tx
      .insert(apps)
      .values({
        clientId: app.isShopItself
          ? shop.appKey
          : `app_${randomBytes(CLIENT_ID_BYTES).toString('hex')}`,
        shopId: shop.id,
        name,
        scopes,
        redirectUris,
        isPublic: app.isPublic,
        createdAt: context.now(),
      })
      .onConflictDoNothing({ target: apps.clientId })
      .returning();
    if (!made) throw new InvalidAppError(`There is an app "${shop.appKey}" already.`);
    const secret = app.isPublic ? undefined : await addSecret(tx, made, context.now());
    const act = { shopId: shop.id, verb: 'app.create', subject: made.clientId } as const;
    await recordAct(tx, act, context);
    return { clientId: made.clientId, scopes, ...(secret !== undefined && { secret }) };
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

function toRedirectUris({ redirectUris, isPublic }: NewApp): string[] {
  if (isPublic && redirectUris.length === 0) {
    throw new InvalidAppError('A public app acts for people: say where they are sent back to.');
  }
  if (redirectUris.length > REDIRECT_URIS_MAX) {
    throw new InvalidAppError(`An app has at most ${REDIRECT_URIS_MAX} redirect URIs.`);
  }
  const wrong = redirectUris.find((uri) => !isRedirectUri(uri, isPublic));
  if (wrong !== undefined) {
    throw new InvalidAppError(
      `"${wrong}" cannot be a redirect URI: https, http on 127.0.0.1 or [::1], or, of a public app, a scheme such as com.example.app; without a user and a fragment.`,
    );
  }
  return [...redirectUris];
}

/** RFC 8252 §7: what nobody else can listen to. */
function isRedirectUri(text: string, isPublic: boolean): boolean {
  const url = URL.parse(text);
  if (!url || text.length > URI_MAX_LENGTH || /[#*\s]/.test(text)) return false;
  if (url.username !== '' || url.password !== '') return false;
  const isLoopback = ['127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:') return !isLoopback;
  if (url.protocol === 'http:') return isLoopback;
  return isPublic && /^[a-z][\da-z-]*(?:\.[\da-z-]+)+:$/.test(url.protocol);
}
