/** The OAuth 2 endpoints: handed to the library as Node's own request and response. */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Provider } from 'oidc-provider';
import { OAUTH_PATHS } from '../auth/provider.ts';
import { alreadySent } from './already-sent.ts';
import { NO_STORE } from './caching-policy.ts';

const WELL_KNOWN = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
] as const;

/** The routes of signing in. They answer under Node only. */
export function oauth(provider: Provider): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const answer = provider.callback();
  const { protocol, host } = new URL(provider.issuer);
  const paths = [...Object.values(OAUTH_PATHS), `${OAUTH_PATHS.authorization}/:uid`, ...WELL_KNOWN];
  app.on(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'], paths, async (context) => {
    const { env } = context;
    // To a HEAD, Hono sends an answer of its own whatever we say: it would be a second one.
    if (env.incoming.method === 'HEAD') {
      return context.body(null, 405, { ...NO_STORE, allow: 'GET, OPTIONS, POST' });
    }
    const { incoming, outgoing } = env;
    // What we are called is a matter of configuration, whatever a request or a proxy says.
    incoming.headers.host = host;
    incoming.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete incoming.headers['x-forwarded-host'];
    await answer(incoming, outgoing);
    return alreadySent(env);
  });
  return app;
}
