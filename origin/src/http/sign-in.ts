/** Signing in, for people that an app has sent: the pages, and what their forms do. */
import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { errors, type InteractionResults, type Provider } from 'oidc-provider';
import { SCOPES } from '../auth/access.ts';
import { findApp } from '../auth/apps/app.ts';
import { createAttempts, TooManyAttemptsError } from '../auth/attempts.ts';
import { describeScope } from '../auth/describe-scope.ts';
import { OWN_HSTS } from '../auth/own-hsts.ts';
import { formProof, isFormProof } from '../auth/form-proof.ts';
import { recordConsent } from '../auth/people/record-consent.ts';
import { signIn } from '../auth/people/sign-in.ts';
import { INTERACTION_PATH } from '../auth/provider.ts';
import type { SignInServer } from '../auth/sign-in-server.ts';
import type { Context as DomainContext } from '../domain/context.ts';
import { findShopById } from '../domain/shops/find.ts';
import { alreadySent } from './already-sent.ts';
import { consentPage, problemPage, signInPage, type Page } from './sign-in-pages.ts';

type Env = { Bindings: HttpBindings };
type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

const FORM_MAX_BYTES = 8 * 1024;
const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords of one person from one address, of one person, and from one address. */
const FAILURES_MAX = { pair: 10, person: 100, address: 100 };
const COUNTED = ['pair', 'person', 'address'] as const;

/** A form that no page of ours sent. */
class ForgedFormError extends Error {}

/** The routes of signing in. */
export function signInRoutes(
  domain: DomainContext,
  { provider, secrets, clientAddressOf }: SignInServer,
): Hono<Env> {
  const app = new Hono<Env>().basePath(`${INTERACTION_PATH}/:uid`);
  const { now } = domain;
  const attempts = {
    pair: createAttempts(FAILURES_MAX.pair, WINDOW_SECONDS, now),
    person: createAttempts(FAILURES_MAX.person, WINDOW_SECONDS, now),
    address: createAttempts(FAILURES_MAX.address, WINDOW_SECONDS, now),
  };

  /** The sign-in that the browser's own cookie names; that in the address is not enough. */
  const open = async ({ env, req }: Context<Env>) => {
    const details = await provider.interactionDetails(env.incoming, env.outgoing);
    if (details.uid !== req.param('uid')) throw new errors.SessionNotFound('another sign-in');
    const client = await findApp(domain.db, String(details.params['client_id']));
    if (!client) throw new errors.SessionNotFound('the app is gone');
    const shop = await findShopById(domain.db, client.shopId);
    return { details, client, shop };
  };
  type Opened = Awaited<ReturnType<typeof open>>;

  const readForm = async (context: Context<Env>, { details }: Opened) => {
    const form = await context.req.parseBody();
    const read = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
    const site = context.req.header('sec-fetch-site') ?? 'same-origin';
    if (site !== 'same-origin' || !isFormProof(secrets, details.uid, read('proof'))) {
      throw new ForgedFormError();
    }
    return read;
  };

  const show = (context: Context<Env>, { details, client, shop }: Opened, error?: string) => {
    const nonce = newNonce();
    const page = {
      nonce,
      action: `${INTERACTION_PATH}/${details.uid}`,
      proof: formProof(secrets, details.uid),
      app: client.name,
      shop: shop.name,
    };
    const { protocol, origin, host } = new URL(String(details.params['redirect_uri']));
    // A browser follows a form's redirect only to where its policy lets forms go.
    const target = origin === 'null' ? protocol : origin;
    const body =
      details.prompt.name === 'login'
        ? signInPage({ ...page, ...(error !== undefined && { error }) })
        : consentPage({ ...page, permissions: permissionsOf(details), host: host || protocol });
    return send(context, body, nonce, 200, target);
  };

  const finish = async ({ env }: Context<Env>, result: InteractionResults) => {
    await provider.interactionFinished(env.incoming, env.outgoing, result, {
      mergeWithLastSubmission: true,
    });
    return alreadySent(env);
  };

  app.use(
    bodyLimit({
      maxSize: FORM_MAX_BYTES,
      onError: () => {
        throw new ForgedFormError();
      },
    }),
  );

  app.get('/', async (context) => show(context, await open(context)));

  app.post('/sign-in', async (context) => {
    const opened = await open(context);
    const read = await readForm(context, opened);
    const { id: shopId } = opened.shop;
    const email = read('email');
    const address = await clientAddressOf(context.env.incoming);
    const person = `${shopId} ${email.toLowerCase()}`;
    const keys = { pair: `${person} ${address}`, person, address };
    const check = () => {
      for (const name of COUNTED) attempts[name].check(keys[name]);
    };
    check();
    const attempt = { email, password: read('password'), check };
    const accountId = await signIn(domain, secrets, shopId, attempt);
    if (accountId === undefined) {
      for (const name of COUNTED) attempts[name].fail(keys[name]);
      return show(context, opened, 'The e-mail address or the password is wrong.');
    }
    return finish(context, { login: { accountId } });
  });

  app.post('/consent', async (context) => {
    const opened = await open(context);
    await readForm(context, opened);
    const { details, client } = opened;
    const accountId = details.session?.accountId;
    if (accountId === undefined || details.prompt.name !== 'consent') throw new ForgedFormError();
    const found = details.grantId && (await provider.Grant.find(details.grantId));
    const grant = found || new provider.Grant({ accountId, clientId: client.clientId });
    grant.addOIDCScope(missingScopes(details).join(' '));
    const grantId = await grant.save();
    await recordConsent(domain, client, accountId);
    return finish(context, { consent: { grantId } });
  });

  app.post('/cancel', async (context) => {
    const opened = await open(context);
    await readForm(context, opened);
    const error_description = 'the person did not agree';
    return finish(context, { error: 'access_denied', error_description });
  });

  app.onError((error, context) => {
    const nonce = newNonce();
    if (error instanceof TooManyAttemptsError) {
      context.header('retry-after', String(error.retryAfterSeconds));
      return send(context, problemPage(nonce, 'Too many attempts. Try again later.'), nonce, 429);
    }
    if (error instanceof errors.SessionNotFound) {
      const text = 'This sign-in has ended. Go back to the app and begin again.';
      return send(context, problemPage(nonce, text), nonce, 400);
    }
    if (error instanceof ForgedFormError) {
      const text = 'This form is not one of ours. Go back to the app and begin again.';
      return send(context, problemPage(nonce, text), nonce, 403);
    }
    throw error;
  });
  return app;
}

const newNonce = (): string => randomBytes(16).toString('base64');

function send(
  context: Context<Env>,
  page: Page,
  nonce: string,
  status: 200 | 400 | 403 | 429,
  formTarget = '',
): Response | Promise<Response> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return context.html(page, status, {
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': OWN_HSTS,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
}

/** What is asked for and was not agreed to yet; all of it where people are asked anew each time. */
function missingScopes({ prompt, params }: Details): string[] {
  const missing = prompt.details['missingOIDCScope'];
  if (Array.isArray(missing)) return missing.map(String);
  const { scope } = params;
  return typeof scope === 'string' ? scope.split(' ') : [];
}

function permissionsOf(details: Details): string[] {
  const asked = new Set(missingScopes(details));
  const known = SCOPES.filter((scope) => asked.has(scope)).map(describeScope);
  return asked.has('openid') ? ['Know who you are', ...known] : known;
}
