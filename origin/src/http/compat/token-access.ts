/** Who a server is that was written for Yotpo: it sends its token in one of three ways. */
import type { Context as Request } from 'hono';
import type { Access, Authenticate } from '../../auth/access.ts';
import type { Context } from '../../domain/context.ts';
import { findShop, findShopById, type Shop } from '../../domain/shops/find.ts';
import { tellPace, type Pace } from '../pace.ts';

/** What calls with a token stand on. */
export interface TokenDependencies {
  domain: Context;
  authenticate: Authenticate;
  /** One for all APIs: an app gets no more by speaking several. */
  pace: Pace;
}

/** An app that calls more often than it may. The answer says already when it may again. */
export class TooManyCallsError extends Error {}

/** A shop that a server acts for. */
export interface Store {
  appKey: string;
  shopId: number;
  /** What visitors know it by. */
  name: string;
  scopes: Access['scopes'];
  /** What its verbs get: the audit log names the app. */
  domain: Context;
}

/**
 * Finds out for which shop a server may act.
 * @param appKey the shop that it says it acts for; without one it is the token's
 * @param utoken the token as a parameter or a field of the body
 * @returns undefined where the token is none, or of another shop
 * @throws TooManyCallsError
 */
export async function openStore(
  { domain, authenticate, pace }: TokenDependencies,
  context: Request,
  { appKey, utoken }: { appKey?: string | undefined; utoken?: string | undefined },
): Promise<Store | undefined> {
  const { req } = context;
  const token = req.header('x-yotpo-token') ?? utoken;
  const access = await authenticate(
    token === undefined ? req.header('authorization') : `Bearer ${token}`,
  );
  if (!access) return undefined;
  if (!tellPace(context, pace(access.appId))) throw new TooManyCallsError();
  const shop = await shopOf(domain, access, appKey).catch(() => undefined);
  if (shop?.id !== access.shopId) return undefined;
  const actor = `app:${access.appId}` as const;
  return {
    appKey: shop.appKey,
    shopId: shop.id,
    name: shop.name,
    scopes: access.scopes,
    domain: { ...domain, actor },
  };
}

const shopOf = ({ db }: Context, { shopId }: Access, appKey: string | undefined): Promise<Shop> =>
  appKey === undefined ? findShopById(db, shopId) : findShop(db, appKey);
