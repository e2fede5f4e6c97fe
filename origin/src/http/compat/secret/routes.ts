/** What v1 of Yotpo's API keeps for a shop's own servers, which send the shop's token. */
import { Hono } from 'hono';
import { findShop } from '../../../domain/shops/find.ts';
import { addPurchaseCalls, addPurchaseReads } from './purchases.ts';
import { addReplyCalls } from './replies.ts';
import { addOwnedReviewReads } from './reviews.ts';
import { tellPace } from '../../pace.ts';
import type { TokenDependencies } from '../token-access.ts';
import { PRIVATE } from './call.ts';

/** The routes; they stand before what lets pages of other origins read answers. */
export function compatSecrets(dependencies: TokenDependencies): Hono {
  const app = new Hono();
  addOwnedReviewReads(app, dependencies);
  addPurchaseCalls(app, dependencies);
  addPurchaseReads(app, dependencies);
  addReplyCalls(app, dependencies);

  // The capital letters, and the code as a text, are what clients read.
  app.get('/oauth/validate_token', async (context) => {
    const [appKey, token] = [context.req.query('app_key'), context.req.query('token')];
    const access = await dependencies.authenticate(`Bearer ${token ?? ''}`);
    const standing = access && dependencies.pace(access.appId);
    if (standing && !tellPace(context, standing)) {
      const refusal = {
        Status: 'Too Many Requests',
        Code: '429',
        user_has_access_to_account: false,
      };
      return context.json(refusal, 429, PRIVATE);
    }
    const shop = await findShop(dependencies.domain.db, appKey ?? '').catch(() => undefined);
    if (!access || shop?.id !== access.shopId) {
      const refusal = { Status: 'Unauthorized', Code: '401', user_has_access_to_account: false };
      return context.json(refusal, 401, PRIVATE);
    }
    const body = {
      Status: 'OK',
      Code: '200',
      user_id: access.shopId,
      user_has_access_to_account: true,
      application_id: access.appId,
    };
    return context.json(body, 200, PRIVATE);
  });
  return app;
}
