/**
 * Tokens for servers that were written for Yotpo: they send JSON, know themselves by the shop's key, and
 * read `access_token` only. The tokens are the same as everybody's.
 */
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { TooManyAttemptsError } from '../../auth/attempts.ts';
import { issueToken } from '../../auth/issue-token.ts';
import { OAUTH_PATHS } from '../../auth/provider.ts';
import type { SignInServer } from '../../auth/sign-in-server.ts';
import { NO_STORE } from '../caching-policy.ts';

type Env = { Bindings: HttpBindings };

const BODY_MAX_BYTES = 8 * 1024;
const text = z.string().min(1).max(200);
const request = z.object({
  client_id: text,
  client_secret: text,
  grant_type: z.literal('client_credentials'),
});
const storeRequest = z.object({ secret: text });

/** The routes, which stand before those of OAuth 2 itself: forms are theirs. */
export function compatTokens({ provider, checkSecret, clientAddressOf }: SignInServer): Hono<Env> {
  const app = new Hono<Env>();

  /** Undefined: the app or its secret is wrong, or it acts for people only. */
  const issue = async ({ env }: Context<Env>, clientId: string, secret: string) => {
    const client = await provider.Client.find(clientId);
    if (!client?.grantTypeAllowed('client_credentials')) return undefined;
    const address = await clientAddressOf(env.incoming);
    if (!(await checkSecret(clientId, secret, address))) return undefined;
    return (await issueToken(provider, client, undefined)).value;
  };

  app.post(OAUTH_PATHS.token, async (context, next) => {
    if (!isJson(context)) return next();
    const { success, data } = request.safeParse(await readJson(context));
    if (!success) return context.json({ error: 'invalid_request' }, 400, NO_STORE);
    const token = await issue(context, data.client_id, data.client_secret);
    return token === undefined
      ? context.json({ error: 'invalid_client' }, 401, NO_STORE)
      : context.json({ access_token: token, token_type: 'bearer' }, 200, NO_STORE);
  });

  app.post('/core/v3/stores/:store/access_tokens', async (context) => {
    const { success, data } = storeRequest.safeParse(await readJson(context));
    const token = success && (await issue(context, context.req.param('store'), data.secret));
    return typeof token === 'string'
      ? context.json({ access_token: token }, 200, NO_STORE)
      : context.json({ errors: [{ message: 'The secret is wrong.' }] }, 401, NO_STORE);
  });

  app.onError((error, context) => {
    if (!(error instanceof TooManyAttemptsError)) throw error;
    const fields = { ...NO_STORE, 'retry-after': String(error.retryAfterSeconds) };
    return context.json({ error: 'temporarily_unavailable' }, 429, fields);
  });
  return app;
}

const isJson = ({ req }: Context): boolean =>
  /^application\/json\s*(?:;|$)/i.test(req.header('content-type') ?? '');

async function readJson({ req }: Context): Promise<unknown> {
  if (Number(req.header('content-length') ?? Infinity) > BODY_MAX_BYTES) return undefined;
  return req.json().catch(() => undefined);
}
