/** What Yotpo's clients read, by the same rules as our own API, with failures in the shape they know. */
import type { Hono } from 'hono';
import { COMPAT_READS, compatPath } from '../storefront/compat-reads.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { cachedRead } from './cached-read.ts';
import { parameter, searchOf, type Deps } from './context.ts';

export function addCompatReads(app: Hono, deps: Deps): void {
  for (const read of COMPAT_READS) {
    app.get(
      read.pattern,
      cachedRead(
        deps,
        (context) => compatPath(read, (name) => parameter(context, name), searchOf(context)),
        { onFailure: compatFailure },
      ),
    );
  }
}

/** Our failure in Yotpo's envelope: its clients read `status.code` and `status.message`. */
export function compatFailure(failure: unknown): Response {
  const { status, headers } = failureAnswer(failure);
  const message = status === 429 ? 'Too Many Requests' : 'Service Unavailable';
  headers.set('content-type', 'application/json; charset=utf-8');
  return Response.json({ status: { code: status, message } }, { status, headers });
}
