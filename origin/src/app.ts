/** Every route of the origin on one screen. */
import { toProblem } from '@plaudit/contract';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import { createClientAddressOf, type ClientAddressOf } from './auth/client-address.ts';
import type { SignInServer } from './auth/sign-in-server.ts';
import { noCache, type AnswerCache } from './cache/answer-cache.ts';
import type { Context } from './domain/context.ts';
import { toFailureRecord } from './failure-record.ts';
import { compatCore } from './http/compat/core/routes.ts';
import { compat } from './http/compat/routes.ts';
import { compatSecrets } from './http/compat/secret/routes.ts';
import { compatTokens } from './http/compat/tokens.ts';
import { compatWrites } from './http/compat/writes.ts';
import { health, type Readiness } from './http/health.ts';
import { closeUnread } from './http/close-unread.ts';
import { createPace, QUOTA } from './http/pace.ts';
import { answerError, sendProblem } from './http/problems.ts';
import { storefrontQuestions } from './http/storefront-questions.ts';
import type { FileIntake } from './http/management/receive-file.ts';
import { managementApi } from './http/management/routes.ts';
import { storefrontSite } from './http/storefront-site.ts';
import { storefrontTopics } from './http/storefront-topics.ts';
import { media } from './http/media.ts';
import { oauth } from './http/oauth.ts';
import { methodOf, routeOf } from './http/request-names.ts';
import { signInRoutes } from './http/sign-in.ts';
import { storefront } from './http/storefront.ts';
import { traceRequests } from './http/trace-requests.ts';
import { watchRequests, type RequestWatch } from './http/watch-requests.ts';

/** What the routes need. */
export interface AppDependencies {
  domain: Context;
  log: Logger;
  /** Nothing is cached without one. */
  answers?: AnswerCache;
  /** Nobody can sign in without one. */
  signIn?: SignInServer;
  /** No edge is believed about its clients without one. */
  clientAddressOf?: ClientAddressOf;
  /** Nobody can send files without one. */
  intake?: FileIntake;
  /** Told of every request. */
  watch?: RequestWatch;
  /** Always ready without one. */
  readiness?: () => Promise<Readiness>;
}

const alwaysReady = () => Promise.resolve('ready' as const);
const unwatched = () => () => {};

/** The origin as one function from request to answer. */
export function createApp({
  domain,
  log,
  answers = noCache,
  watch = unwatched,
  readiness = alwaysReady,
  signIn,
  clientAddressOf = createClientAddressOf('', domain.now),
  intake,
}: AppDependencies): Hono {
  const app = new Hono();
  const pace = createPace(QUOTA, domain.now);
  app.use(closeUnread, traceRequests, watchRequests(watch));
  // Ahead of what the public data gets: no page of another origin may read these answers.
  if (signIn) {
    app.route('/', compatTokens(signIn));
    const { authenticate } = signIn;
    app.route('/', compatSecrets({ domain, authenticate, pace }));
    app.route('/', compatCore({ domain, authenticate, pace }));
    app.route('/', oauth(signIn.provider));
    app.route('/api/v1', managementApi(domain, authenticate, { pace, intake }));
    app.route('/', signInRoutes(domain, signIn));
  }
  app.use(
    secureHeaders({ crossOriginResourcePolicy: 'cross-origin', crossOriginOpenerPolicy: false }),
    // Public data for any page, without credentials: one answer for all, so no `Vary: Origin`.
    cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 }),
  );
  app.route('/', health(readiness));
  app.route('/', storefront(domain, answers));
  app.route('/', media(domain));
  app.route('/', storefrontQuestions(domain, answers));
  app.route('/', storefrontSite(domain, answers));
  app.route('/', storefrontTopics(domain, answers));
  app.route('/', compatWrites(domain, clientAddressOf));
  app.route('/', compat(domain));
  app.notFound((context) => sendProblem(context, toProblem('not-found')));
  app.onError((error, context) => {
    const answer = answerError(context, error);
    // The path may hold what a visitor typed; the error may hold a row. Neither is logged.
    if (answer.status >= 500) {
      const about = { method: methodOf(context), route: routeOf(context) };
      log.error({ ...about, ...toFailureRecord(error) }, 'failed');
    }
    return answer;
  });
  return app;
}
