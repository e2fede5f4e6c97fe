/** The management API: `/api/v1`, for servers and apps with a token. Nobody keeps its answers. */
import { toProblem } from '@plaudit/contract';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Authenticate } from '../../auth/access.ts';
import type { Context } from '../../domain/context.ts';
import { NO_STORE } from '../caching-policy.ts';
import { ProblemError, sendProblem } from '../problems.ts';
import { answerOperation } from './answer.ts';
import { createPace, type Quota } from './pace.ts';
import { describeApi } from './describe-api.ts';
import { docsPage, DOCS_POLICY } from './docs-page.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

const POLICY = "default-src 'none'; frame-ancestors 'none'";
const BODY_MAX_BYTES = 1024 * 1024;
/** Ten a second, however they are spread over a minute. */
const QUOTA: Quota = { requests: 600, windowSeconds: 60 };

/** The routes. */
export function managementApi(
  domain: Context,
  authenticate: Authenticate,
  quota: Quota = QUOTA,
): Hono {
  const app = new Hono();
  const pace = createPace(quota, domain.now);
  app.use(
    secureHeaders({ xFrameOptions: 'DENY' }),
    async (context, next) => {
      context.header('cache-control', NO_STORE['cache-control']);
      context.header('content-security-policy', POLICY);
      await next();
    },
    bodyLimit({
      maxSize: BODY_MAX_BYTES,
      onError: () => {
        throw new ProblemError('body-too-large', { detail: `At most ${BODY_MAX_BYTES} bytes.` });
      },
    }),
  );

  const document = describeApi(Object.entries(operations));
  app.get('/openapi.json', (context) => context.json(document));
  app.get('/docs', (context) => {
    context.header('content-security-policy', DOCS_POLICY);
    return context.html(docsPage(document));
  });

  const methodsOf = new Map<string, Set<string>>();
  for (const operation of fixedPathsFirst(Object.values(operations))) {
    const pattern = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const method = operation.method.toUpperCase();
    app.on(method, pattern, answerOperation(operation, { domain, authenticate, pace }));
    methodsOf.set(pattern, (methodsOf.get(pattern) ?? new Set()).add(method));
  }
  for (const [pattern, methods] of methodsOf) {
    if (methods.has('GET')) methods.add('HEAD');
    const allow = [...methods].toSorted().join(', ');
    app.all(pattern, (context) =>
      sendProblem(context, toProblem('method-not-allowed'), { ...NO_STORE, allow }),
    );
  }
  app.all('*', (context) => sendProblem(context, toProblem('not-found')));
  return app;
}

/** `/reviews/export` is not the review called `export`. */
const fixedPathsFirst = (all: readonly Operation[]): Operation[] =>
  all.toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
