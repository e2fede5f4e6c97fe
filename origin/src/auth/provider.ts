/** The OAuth 2 server: a certified library, told who our apps are and where its things are kept. */
import { randomBytes } from 'node:crypto';
import { errors, Provider, type ClientMetadata, type Configuration } from 'oidc-provider';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { isUnavailable } from '../domain/errors.ts';
import { toFailureRecord } from '../failure-record.ts';
import { SCOPES } from './access.ts';
import { createAdapter } from './adapter.ts';
import { findApp, type App } from './apps/app.ts';
import { TooManyAttemptsError } from './attempts.ts';
import type { CheckSecret } from './check-secret.ts';
import type { ClientAddressOf } from './client-address.ts';
import { issueToken } from './issue-token.ts';
import { cookieKeys, signingKeys } from './keys.ts';
import { isPersonOf } from './people/sign-in.ts';
import { OWN_HSTS } from './own-hsts.ts';

/** What the server needs. */
export interface ProviderDependencies {
  db: Database;
  now: () => Date;
  log: Logger;
  /** Our public address, which stands in every answer; what a request calls us is never believed. */
  issuer: string;
  /** At least one; the first signs, all verify. */
  secrets: readonly string[];
  checkSecret: CheckSecret;
  clientAddressOf: ClientAddressOf;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long each thing lives, in seconds. */
const LIFETIMES = {
  AccessToken: HOUR,
  ClientCredentials: HOUR,
  AuthorizationCode: MINUTE,
  RefreshToken: 14 * DAY,
  /** With it ends everything that was issued for it, however often that was refreshed. */
  Grant: 90 * DAY,
  IdToken: HOUR,
  Interaction: 10 * MINUTE,
  Session: DAY,
};

/** Where everything is. */
export const OAUTH_PATHS = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  introspection: '/oauth/introspect',
  userinfo: '/oauth/userinfo',
  jwks: '/oauth/jwks',
  end_session: '/oauth/sign-out',
};

/** Where people are asked who they are and what they permit; the sign-in's id follows. */
export const INTERACTION_PATH = '/oauth/interaction';

/** A database that restarts is back in seconds. */
const RETRY_AFTER_SECONDS = 5;
/** The library wants to see a secret; ours are not kept, and this one opens nothing. */
const NO_SECRET = randomBytes(32).toString('base64url');

/** Makes the server. Nothing listens yet: its callback answers Node's own requests. */
export function createProvider({
  db,
  now,
  log,
  issuer,
  secrets,
  checkSecret,
  clientAddressOf,
}: ProviderDependencies): Provider {
  const isSecure = issuer.startsWith('https:');
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure } as const;
  const configuration: Configuration = {
    adapter: (model) => {
      const adapter = createAdapter(db, now, model);
      if (model !== 'Client') return adapter;
      const find = async (id: string) => {
        const app = await findApp(db, id);
        return app && toClientMetadata(app);
      };
      return { ...adapter, find };
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    // A page may ask for what it could be sent to anyhow.
    clientBasedCORS: (_ctx, origin, client) =>
      client.tokenEndpointAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
    clockTolerance: 0,
    cookies: {
      keys: cookieKeys(secrets),
      long: cookie,
      short: cookie,
      names: {
        session: '_plaudit_session',
        interaction: '_plaudit_interaction',
        resume: '_plaudit_resume',
      },
    },
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'], userinfoSigningAlgValues: ['EdDSA'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      // Whose token it is not gets the answer for one that does not exist.
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          client.tokenEndpointAuthMethod !== 'none' && token.clientId === client.clientId,
      },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: { enabled: false },
    },
    // Tokens outlive the browser's session: apps work while their people are away.
    expiresWithSession: () => false,
    findAccount: async (ctx, accountId) => {
      const app = ctx.oidc.client && (await findApp(db, ctx.oidc.client.clientId));
      if (!app || !(await isPersonOf(db, app.shopId, accountId))) return undefined;
      return { accountId, claims: () => ({ sub: accountId }) };
    },
    interactions: { url: (_ctx, { uid }) => `${INTERACTION_PATH}/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: signingKeys(secrets) },
    pkce: { required: () => true },
    renderError: (ctx, { error, error_description: description }) => {
      // `error` is one of the library's own words; the description may repeat what was asked.
      ctx.type = 'text/plain';
      ctx.body = `${error}\n${description ?? ''}\n`;
    },
    responseTypes: ['code'],
    rotateRefreshToken: true,
    routes: OAUTH_PATHS,
    scopes: ['openid', ...SCOPES],
    ttl: LIFETIMES,
  };
  const provider = new Provider(issuer, configuration);
  provider.proxy = true;
  provider.registerGrantType<{ scope?: string }>(
    'client_credentials',
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const { value, token } = await issueToken(provider, client, params.scope);
      ctx.body = {
        access_token: value,
        expires_in: token.expiration,
        token_type: token.tokenType,
        scope: token.scope,
      };
    },
    ['scope'],
  );
  checkSecretsByDigest(provider, checkSecret, clientAddressOf);
  guardAnswers(provider, log);
  return provider;
}

/** An app in the words of RFC 7591. */
function toClientMetadata({ clientId, name, scopes, redirectUris, isPublic }: App): ClientMetadata {
  const forPeople = redirectUris.length > 0;
  return {
    client_id: clientId,
    client_name: name,
    // Nobody can tell who runs as a public one, so people are asked anew each time (RFC 8252 §8.6), and it
    // may listen on any port of the loopback (§7.3).
    application_type: isPublic ? 'native' : 'web',
    scope: [...(forPeople ? ['openid'] : []), ...scopes].join(' '),
    grant_types: [
      ...(isPublic ? [] : ['client_credentials']),
      ...(forPeople ? ['authorization_code', 'refresh_token'] : []),
    ],
    response_types: forPeople ? ['code'] : [],
    redirect_uris: redirectUris,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    ...(!isPublic && { client_secret: NO_SECRET }),
  };
}

function checkSecretsByDigest(
  provider: Provider,
  checkSecret: CheckSecret,
  clientAddressOf: ClientAddressOf,
): void {
  provider.Client.prototype.compareClientSecret = async function compare(actual) {
    const { ctx } = Provider;
    try {
      const address = ctx && (await clientAddressOf(ctx.req));
      return await checkSecret(this.clientId, actual, address);
    } catch (error) {
      if (!(error instanceof TooManyAttemptsError)) throw error;
      ctx?.set('retry-after', String(error.retryAfterSeconds));
      throw new errors.OIDCProviderError(429, 'temporarily_unavailable');
    }
  };
}

/** Fields of every answer, and what is said when the database is away or something is broken. */
function guardAnswers(provider: Provider, log: Logger): void {
  provider.use(async (ctx, next) => {
    ctx.set({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': OWN_HSTS,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    await next();
  });
  provider.on('server_error', (ctx, error) => {
    if (isUnavailable(error)) {
      ctx.status = 503;
      ctx.set('retry-after', String(RETRY_AFTER_SECONDS));
      ctx.body = { error: 'temporarily_unavailable' };
      return;
    }
    log.error({ method: ctx.method, ...toFailureRecord(error) }, 'failed');
  });
}
