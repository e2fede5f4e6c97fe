import { sql } from 'drizzle-orm';
import type { Context } from '../domain/context.ts';
import { SCOPES, type Authenticate } from './access.ts';
import { digestOf } from './digest.ts';

/** RFC 6750 §2.1; ours are shorter, and nothing longer is looked at. */
const BEARER = /^bearer +([\w.~+/-]{1,200}=*)$/i;

interface Found {
  shop_id: unknown;
  client_id: string;
  scope: string | null;
}

/**
 * Makes the check of access tokens. It asks the database every time, so a token that was revoked is
 * dead with the next request.
 */
export function createAuthenticate({ db, now }: Pick<Context, 'db' | 'now'>): Authenticate {
  return async (authorization) => {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const at = now().toISOString();
    const query = sql`select * from plaudit_find_access(${digestOf(token)}, ${at}::timestamptz)`;
    const [found] = ((await db.execute(query)) as { rows: Found[] }).rows;
    if (!found) return undefined;
    const scopes = new Set(found.scope?.split(' '));
    return {
      shopId: Number(found.shop_id),
      appId: found.client_id,
      scopes: SCOPES.filter((scope) => scopes.has(scope)),
    };
  };
}
