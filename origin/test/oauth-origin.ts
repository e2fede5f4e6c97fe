/** An origin that answers real HTTP on a suite's database, and ways to ask it as apps do. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { createApp } from '../src/app.ts';
import { createApp as createClient, type NewApp } from '../src/auth/apps/create.ts';
import { createSignInServer } from '../src/auth/sign-in-server.ts';
import type { RequestWatch } from '../src/http/watch-requests.ts';
import type { Context } from '../src/domain/context.ts';

export const TEST_SECRET = 'a secret of tests, 32 letters or more';

/** An origin that listens. */
export interface OAuthOrigin {
  url: string;
  /** Makes an app of the shop `acme`, or of another. */
  app: (app?: Partial<NewApp>, appKey?: string) => Promise<TestApp>;
  /** Posts a form to one of its paths. */
  post: (path: string, form: Record<string, string>, headers?: HeadersInit) => Promise<Response>;
  /** A token that an app got for itself. */
  token: (app: TestApp, scope?: string) => Promise<string>;
  close: () => Promise<void>;
}

/** An app with its secret. */
export interface TestApp {
  clientId: string;
  secret: string;
}

/** Starts an origin on a free port. */
export async function startOAuthOrigin(
  context: Context,
  { watch, issuer }: { watch?: RequestWatch; issuer?: string } = {},
): Promise<OAuthOrigin> {
  const log = pino({ level: 'silent' });
  let app: ReturnType<typeof createApp> | undefined;
  const server = serve({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }),
    hostname: '127.0.0.1',
    port: 0,
  });
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { db, now } = context;
  const secrets = [TEST_SECRET];
  const signIn = createSignInServer({ db, now, log, issuer: issuer ?? url, secrets });
  app = createApp({ domain: context, log, signIn, ...(watch && { watch }) });
  const post: OAuthOrigin['post'] = (path, form, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  return {
    url,
    post,
    app: async (wanted = {}, appKey = 'acme') => {
      const kind = { redirectUris: [], isPublic: false, isShopItself: false };
      const base = { name: 'Test', scopes: [], ...kind };
      const { clientId, secret = '' } = await createClient(context, appKey, { ...base, ...wanted });
      return { clientId, secret };
    },
    token: async (client, scope) => {
      const form = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) };
      const answer = await post('/oauth/token', form, { authorization: basic(client) });
      if (answer.status !== 200) throw new Error(`No token: ${await answer.text()}`);
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** RFC 6749 §2.3.1: both parts are form-encoded first. */
export const basic = ({ clientId, secret }: TestApp): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
