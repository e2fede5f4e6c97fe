/** The management API: `/api/v1`, for servers and apps with a token. Nobody keeps its answers. */
import { toProblem } from '@plaudit/contract';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Authenticate } from '../../auth/access.ts';
import { OWN_HSTS } from '../../auth/own-hsts.ts';
import type { Context } from '../../domain/context.ts';
import { NO_STORE } from '../caching-policy.ts';
import type { Pace } from '../pace.ts';
import { ProblemError, sendProblem } from '../problems.ts';
import { answerOperation } from './answer.ts';
import type { FileIntake } from './receive-file.ts';
import { describeApi } from './describe-api.ts';
import { docsPage, DOCS_POLICY } from './docs-page.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

const POLICY = "default-src 'none'; frame-ancestors 'none'";
const BODY_MAX_BYTES = 1024 * 1024;

/** The routes. */
export function managementApi(
  domain: Context,
  authenticate: Authenticate,
  { pace, intake }: { pace: Pace; intake?: FileIntake | undefined },
): Hono {
  const app = new Hono();
  const always = { xFrameOptions: 'DENY', strictTransportSecurity: OWN_HSTS } as const;
  app.use(secureHeaders(always), async (context, next) => {
    context.header('cache-control', NO_STORE['cache-control']);
    context.header('content-security-policy', POLICY);
    await next();
  });
  const shortBody = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: () => {
      throw new ProblemError('body-too-large', { detail: `At most ${BODY_MAX_BYTES} bytes.` });
    },
  });

  const document = describeApi(Object.entries(operations));
  app.get('/openapi.json', (context) => context.json(document));
  app.get('/docs', (context) => {
    context.header('content-security-policy', DOCS_POLICY);
    return context.html(docsPage(document));
  });

  const byPath = Map.groupBy(fixedPathsFirst(Object.values(operations)), ({ path }) => path);
  for (const [path, ofPath] of byPath) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const operation of ofPath) {
      const answer = answerOperation(operation, { domain, authenticate, pace, intake });
      // Files have a limit of their own.
      const steps = operation.fileTypes ? [answer] : [shortBody, answer];
      app.on([operation.method.toUpperCase()], [pattern], ...steps);
    }
    const methods = new Set(ofPath.map(({ method }) => method.toUpperCase()));
    if (methods.has('GET')) methods.add('HEAD');
    const allow = [...methods].toSorted().join(', ');
    app.all(pattern, (context) =>
      sendProblem(context, toProblem('method-not-allowed'), { ...NO_STORE, allow }),
    );
  }
  app.all('*', (context) => sendProblem(context, toProblem('not-found')));
  return app;
}

/** `/reviews/export` is not the review called `export`, whatever the method. */
const fixedPathsFirst = (all: readonly Operation[]): Operation[] =>
  all.toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
